package io.github.camelmessagedb.store;

import java.util.Set;

/**
 * Asks for many who wait whether there are messages for any of them. Both questions throw
 * {@link StoreUnavailableException} where they cannot be answered. Safe for use by many threads.
 */
public interface IdleProbe {

    /**
     * What somebody waits for who has read all there was.
     *
     * @param name a category, a stream or {@link ReadQuery#ALL}
     * @param position the last that was read: of the stream, or a global position; what comes after it is waited for
     */
    record Watched(StreamName name, long position) {}

    /**
     * What the server has given out. Where it is the same as before, it has given no number since.
     *
     * @param last the last number, or the first one if it has given none
     * @param given whether it has given any
     * @param standby whether it is a standby, which is told of numbers now and then
     */
    record Numbers(long last, boolean given, boolean standby) {}

    /**
     * What was seen, in this order: the numbers, who was writing, the messages.
     *
     * @param numbers what had been given out
     * @param settled whether of all these numbers none can bring a message that was not seen here
     * @param arrived those of which there was a message after their position
     */
    record Look(Numbers numbers, boolean settled, Set<Watched> arrived) {

        /** Makes the set unmodifiable. */
        public Look {
            arrived = Set.copyOf(arrived);
        }
    }

    /** The small question: one round trip that touches no message. */
    Numbers numbers();

    /** The whole question: one round trip, which reads an entry of an index for each that is watched. */
    Look look(Set<Watched> watched);
}
