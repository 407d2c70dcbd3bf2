package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.OpenWriters;
import io.github.camelmessagedb.store.Page;
import java.util.UUID;

/**
 * What is known of numbers that were missing before a message that was seen. All of them were given out by then, so that
 * each belongs to one of the transactions that were writing afterwards, or to one that had ended.
 *
 * @param seen the number of that message: what is said holds for all before it
 * @param seenId its id. Where it is gone, the store has lost its tail and gives out numbers again: nothing is known then
 * @param writers those of the transactions that have not ended. When they have, a number that is still missing was rolled
 *     back
 */
record Gap(long seen, UUID seenId, OpenWriters writers) {

    /** @param writers who was writing when the message had been seen */
    static Gap before(Page.Seen message, OpenWriters writers) {
        return new Gap(message.position(), message.id(), writers);
    }

    boolean isOpen() {
        return !writers.isEmpty();
    }

    /** Whether this is the message that it was seen before. */
    boolean isAt(long position, UUID id) {
        return position == seen && id.equals(seenId);
    }

    /** What is known of it when somebody has looked again. */
    Gap at(OpenWriters now) {
        return new Gap(seen, seenId, writers.stillOpenAt(now));
    }
}
