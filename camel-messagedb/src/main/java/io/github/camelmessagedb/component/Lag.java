package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.Backlog;
import java.time.Duration;

/**
 * How far a consumer is behind.
 *
 * @param head the position of the last message of what it reads
 * @param messages how many messages are not done with: those after its position that its filters let through. 0 where it
 *     has come to the head
 * @param exact whether they were counted. Beyond 1,000 they are not, and the number is an estimate (of a stream without
 *     filters it is right all the same); with an SQL condition it is an upper bound
 * @param seconds how long ago the oldest of them was written, by the server's clock; 0 where there is none
 */
record Lag(long head, long messages, boolean exact, double seconds) {

    /**
     * What was seen some time ago, for a consumer that has come to a position since.
     *
     * @param position null where it is not known: then it has not moved
     */
    static Lag of(Backlog seen, long position, Duration since) {
        if (position >= seen.head() || seen.messages() == 0) {
            return new Lag(Math.max(seen.head(), position), 0, true, 0);
        }
        return new Lag(
                seen.head(),
                seen.messages(),
                seen.exact(),
                seen.age().plus(since).toMillis() / 1000.0);
    }
}
