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
 */
public record Page(
        List<StoredMessage> messages,
        long nextPosition,
        boolean endReached,
        @Nullable UUID lastId) {

    /** Makes the list unmodifiable. */
    public Page {
        messages = List.copyOf(messages);
    }
}
