package io.github.camelmessagedb.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a read answered.
 *
 * @param messages in order of their (global) positions
 * @param nextPosition where the next read goes on: past everything that this one looked at, what its filter left out
 *     included. Where there was nothing to look at it is the position that was asked for
 * @param endReached whether the read looked at everything there was
 * @param lastId the id of the message before the next position; null where there was nothing to look at, or where an SQL
 *     condition hid it
 * @param first the first message that the read looked at, whether or not its filter let it through; null where there was
 *     none, and for a read with an SQL of one's own
 */
public record Page(
        List<StoredMessage> messages,
        long nextPosition,
        boolean endReached,
        @Nullable UUID lastId,
        @Nullable Seen first) {

    /**
     * A message that was looked at.
     *
     * @param position the one in its stream for the read of a stream, the global one otherwise
     * @param id its id
     */
    public record Seen(long position, UUID id) {}

    /** A page of a read that looked at nothing. */
    static Page nothing(long position, boolean endReached) {
        return new Page(List.of(), position, endReached, null, null);
    }

    /** Makes the list unmodifiable. */
    public Page {
        messages = List.copyOf(messages);
    }
}
