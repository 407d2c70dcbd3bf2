package io.github.camelmessagedb.store;

import java.util.List;

/**
 * What a read answered.
 *
 * @param messages in order of their (global) positions
 * @param nextPosition where the next read goes on: past everything that this one looked at, what its filter left out
 *     included. Where there was nothing to look at it is the position that was asked for
 * @param endReached whether the read looked at everything there was
 */
public record Page(List<StoredMessage> messages, long nextPosition, boolean endReached) {

    /** Makes the list unmodifiable. */
    public Page {
        messages = List.copyOf(messages);
    }
}
