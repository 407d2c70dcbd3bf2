package io.github.camelmessagedb.subscription;

import java.util.Optional;

/**
 * Where one subscription keeps its position. Used by one thread at a time.
 *
 * <p>All methods may throw {@link io.github.camelmessagedb.store.StoreUnavailableException}; the same call may then be
 * made again.
 */
public interface PositionStore {

    /** The stored position; empty where none was ever stored. */
    Optional<RecordedPosition> load();

    /**
     * Stores a position.
     *
     * @throws OwnershipLostException if another consumer of the same identity has stored one since this one did, or since
     *     it loaded
     */
    void save(RecordedPosition position);
}
