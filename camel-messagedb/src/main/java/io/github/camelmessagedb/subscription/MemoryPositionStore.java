package io.github.camelmessagedb.subscription;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps a position for as long as the object lives. */
public final class MemoryPositionStore implements PositionStore {

    private volatile @Nullable RecordedPosition position;

    @Override
    public Optional<RecordedPosition> load() {
        return Optional.ofNullable(position);
    }

    @Override
    public void save(RecordedPosition newPosition) {
        position = newPosition;
    }
}
