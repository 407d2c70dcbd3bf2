package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.StreamName;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a store has lost messages, at the last one that was read of it.
 *
 * @param name what is read
 * @param reached how far the store has come
 * @param elsewhere the message at a position that is not among what is read any more
 */
record StillThere(StreamName name, LongSupplier reached, LongFunction<Optional<UUID>> elsewhere) {

    /**
     * @param last where the reading came to
     * @param expected the id of the message there
     * @param first the first message that is there, or after it, now
     * @throws StoreRewoundException if it is another one
     */
    void require(RecordedPosition last, UUID expected, Page.@Nullable Seen first) {
        Optional<UUID> found = first != null && first.position() == last.position()
                ? Optional.of(first.id())
                : elsewhere.apply(last.position());
        if (found.isEmpty()) {
            requireReached(last);
        } else if (!found.get().equals(expected)) {
            throw rewound(last, "there is another message now, " + found.get());
        }
    }

    /** Its message may have been deleted. Where the store has not come so far at all, it will give the position again. */
    private void requireReached(RecordedPosition last) {
        long now = reached.getAsLong();
        if (now < last.position()) {
            throw rewound(last, "the store has only come to " + now);
        }
    }

    private StoreRewoundException rewound(RecordedPosition last, String found) {
        return new StoreRewoundException(
                "The store has lost messages of '" + name + "': this consumer had come to position "
                        + last.position()
                        + (last.messageId() == null ? "" : ", with the message " + last.messageId())
                        + ", but " + found
                        + ". A backup was restored, or a standby took over that had not received everything. New"
                        + " messages at positions that were passed already would never be seen. Find out what was lost,"
                        + " then start the consumer once with seekTo=<the position after the last that is right>",
                last);
    }
}
