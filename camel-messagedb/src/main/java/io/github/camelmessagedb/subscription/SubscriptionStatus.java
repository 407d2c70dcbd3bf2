package io.github.camelmessagedb.subscription;

import org.jspecify.annotations.Nullable;

/**
 * How a subscription is doing.
 *
 * @param state what it is doing
 * @param position the last position that is done with; null before the stored one was read
 * @param storedPosition the position that was stored last; null before that
 * @param lastError what went wrong last in the present trouble; null when all is well
 */
public record SubscriptionStatus(
        State state,
        @Nullable Long position,
        @Nullable Long storedPosition,
        @Nullable Throwable lastError) {

    /** What a subscription is doing. */
    public enum State {
        /** Not running: not started, suspended or stopped. */
        STOPPED,
        /** Reading and handling messages, or waiting for some. */
        RUNNING,
        /** The handler fails on a message, which is tried again. */
        RETRYING,
        /** The store cannot be used, which is tried again. */
        RECOVERING,
        /** Given up for good: another consumer has the same identity. */
        FAILED
    }
}
