package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import java.util.List;

/** What a subscription reads. Used by one thread at a time. */
public interface Source {

    /**
     * The next messages in order.
     *
     * @param last where the reading came to, with the id of the message there, or null where it is not known
     * @throws StoreRewoundException if another message is there, or the store has not come so far yet: it has lost what it
     *     had
     */
    Reading read(RecordedPosition last);

    /** The last position before the start: a subscription that starts there reads on after it. */
    RecordedPosition positionBefore(StartPosition start);

    /** The position of a message: the one in its stream, or the global one. */
    long positionOf(StoredMessage message);

    /**
     * What a read answered.
     *
     * @param messages in order of their positions
     * @param last how far it looked: past all of the messages, and past what a filter left out; the position that was
     *     asked for where there was nothing
     * @param endReached whether it looked at everything there was
     * @param worthStoring whether passing over what was left out is worth storing a position. Not so for positions
     *     that were stored: storing them would never end
     */
    record Reading(List<StoredMessage> messages, RecordedPosition last, boolean endReached, boolean worthStoring) {

        /** Makes the list unmodifiable. */
        public Reading {
            messages = List.copyOf(messages);
        }
    }
}
