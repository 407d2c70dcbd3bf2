package io.github.camelmessagedb.subscription;

import java.util.List;
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

    /**
     * The positions of the other members of this subscription's group, of whatever size it had, and of the same
     * subscription without a group; in the order in which they were stored last. Where they are not known, the size of a
     * group must not be changed.
     */
    default List<MemberPosition> others() {
        return List.of();
    }
}
