package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** A category in memory, at one place of which a filter may leave messages out. */
final class FakeSource implements Source {

    private final List<StoredMessage> messages = new ArrayList<>();
    private final Deque<Throwable> failures = new ArrayDeque<>();
    private final List<Long> reads = new ArrayList<>();
    private final List<String> log;
    private long filteredTo;
    private int batchSize = 1000;
    private boolean worthStoring = true;
    private boolean byStream;

    FakeSource(List<String> log) {
        this.log = log;
    }

    void add(int count) {
        for (int i = 0; i < count; i++) {
            addAt(messages.isEmpty() ? 1 : messages.get(messages.size() - 1).globalPosition() + 1);
        }
    }

    void addAt(long globalPosition) {
        addAt(globalPosition, "{}");
    }

    void addAt(long globalPosition, String data) {
        messages.add(new StoredMessage(
                new UUID(0, globalPosition),
                StreamName.of("user-" + globalPosition % 3),
                "Happened",
                globalPosition + 1000,
                globalPosition,
                data,
                null,
                Instant.EPOCH));
    }

    /** The store is another one from a position on: what was there is lost, and something else was written. */
    void rewrite(long from) {
        for (int i = 0; i < messages.size(); i++) {
            StoredMessage lost = messages.get(i);
            if (lost.globalPosition() >= from) {
                messages.set(
                        i,
                        new StoredMessage(
                                new UUID(1, lost.globalPosition()),
                                lost.stream(),
                                lost.type(),
                                lost.position(),
                                lost.globalPosition(),
                                lost.data(),
                                lost.metadata(),
                                lost.time()));
            }
        }
    }

    /** There is something up to this position that the filter leaves out. */
    void filterTo(long position) {
        filteredTo = position;
    }

    /** What is left out is not worth storing a position. */
    void filterToWithoutWorth(long position) {
        filterTo(position);
        worthStoring = false;
    }

    /** Positions are those of a stream. */
    void byStream() {
        byStream = true;
    }

    void batchSize(int size) {
        batchSize = size;
    }

    void fail(Throwable... with) {
        failures.addAll(List.of(with));
    }

    List<Long> reads() {
        return reads;
    }

    @Override
    public Reading read(RecordedPosition last) {
        long position = last.position() + 1;
        reads.add(position);
        log.add("read " + position);
        Throwable failure = failures.poll();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
        List<StoredMessage> found = messages.stream()
                .filter(message -> positionOf(message) >= position)
                .limit(batchSize)
                .toList();
        boolean endReached = found.size() < batchSize;
        RecordedPosition end = found.isEmpty() ? last : recorded(found.get(found.size() - 1));
        return endReached && filteredTo > end.position()
                ? new Reading(found, new RecordedPosition(filteredTo, null), true, worthStoring)
                : new Reading(found, end, endReached, worthStoring);
    }

    private RecordedPosition recorded(StoredMessage message) {
        return new RecordedPosition(positionOf(message), message.id());
    }

    @Override
    public long positionOf(StoredMessage message) {
        return byStream ? message.position() : message.globalPosition();
    }

    @Override
    public RecordedPosition positionBefore(StartPosition start) {
        log.add("decide");
        return new RecordedPosition(start instanceof StartPosition.At at ? at.position() - 1 : 0, null);
    }
}
