package io.github.camelmessagedb.subscription;

import java.util.List;
import java.util.Optional;

/**
 * A position store while one subscription has it. What that is about to save when the next one has taken over is not stored
 * any more: the position would be set back.
 */
public final class PositionLease implements PositionStore {

    private final PositionStore store;
    private volatile boolean ended;

    /** Of a store that is used through leases alone. */
    public PositionLease(PositionStore store) {
        this.store = store;
    }

    /** Lets nothing be saved any more. Does not wait for a save that has begun: whoever loads does. */
    public void end() {
        ended = true;
    }

    @Override
    public Optional<RecordedPosition> load() {
        synchronized (store) {
            return store.load();
        }
    }

    /** @throws IllegalStateException if it has ended */
    @Override
    public void save(RecordedPosition position) {
        synchronized (store) {
            if (ended) {
                throw new IllegalStateException(
                        "Another subscription has taken over: position " + position.position() + " is not stored");
            }
            store.save(position);
        }
    }

    @Override
    public List<MemberPosition> others() {
        return store.others();
    }
}
