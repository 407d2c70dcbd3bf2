package io.github.camelmessagedb.subscription;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription goes about it.
 *
 * @param start where it begins
 * @param handling how messages are given to the handler
 * @param pollInterval the longest wait before it looks for messages again when there were none
 * @param updates when the position is stored
 * @param retries the waits after failures
 */
public record SubscriptionOptions(
        Start start, Handling handling, Duration pollInterval, PositionUpdates updates, Retries retries) {

    /** @throws IllegalArgumentException if the poll interval is not positive */
    public SubscriptionOptions {
        requirePositive(pollInterval, "pollInterval");
    }

    /**
     * Where a subscription begins.
     *
     * @param position where to begin while no position is stored
     * @param seekTo where to begin whatever is stored, or null
     */
    public record Start(StartPosition position, @Nullable StartPosition seekTo) {}

    /**
     * When the position is stored.
     *
     * @param interval after how many handled messages
     * @param timeout how long after it moved at the latest
     */
    public record PositionUpdates(int interval, Duration timeout) {

        /** @throws IllegalArgumentException if one is not positive */
        public PositionUpdates {
            requirePositive(timeout, "positionUpdateTimeout");
            if (interval < 1) {
                throw new IllegalArgumentException(
                        "Bad positionUpdateInterval " + interval + ": it must be at least 1");
            }
        }
    }

    /**
     * The waits after failures, which double from one to the next.
     *
     * @param delay the first
     * @param maxDelay the longest
     */
    public record Retries(Duration delay, Duration maxDelay) {

        /** @throws IllegalArgumentException if one is not positive, or they are in disorder */
        public Retries {
            requirePositive(delay, "retryDelay");
            if (maxDelay.compareTo(delay) < 0) {
                throw new IllegalArgumentException("Bad maxRetryDelay " + maxDelay.toMillis()
                        + " ms: it must not be less than retryDelay, " + delay.toMillis() + " ms");
            }
        }
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("Bad " + name + " " + duration.toMillis() + " ms: it must be positive");
        }
    }
}
