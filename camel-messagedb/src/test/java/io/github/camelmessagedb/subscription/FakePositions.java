package io.github.camelmessagedb.subscription;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A position in memory that tells what was saved, and fails when told. */
final class FakePositions implements PositionStore {

    private final List<Long> saves = new ArrayList<>();
    private final Deque<Throwable> saveFailures = new ArrayDeque<>();
    private final Deque<Throwable> loadFailures = new ArrayDeque<>();
    private final List<String> log;
    private @Nullable RecordedPosition stored;

    FakePositions(List<String> log) {
        this.log = log;
    }

    void stored(@Nullable RecordedPosition position) {
        stored = position;
    }

    @Nullable
    RecordedPosition stored() {
        return stored;
    }

    void failSaves(Throwable... with) {
        saveFailures.addAll(List.of(with));
    }

    void failLoads(Throwable... with) {
        loadFailures.addAll(List.of(with));
    }

    List<Long> saves() {
        return saves;
    }

    @Override
    public Optional<RecordedPosition> load() {
        log.add("load");
        failWith(loadFailures.poll());
        return Optional.ofNullable(stored);
    }

    @Override
    public void save(RecordedPosition position) {
        log.add("save " + position.position());
        failWith(saveFailures.poll());
        saves.add(position.position());
        stored = position;
    }

    private static void failWith(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }
}
