package io.github.camelmessagedb.subscription;

import java.time.Duration;

/**
 * How a subscription goes about it.
 *
 * @param batching whether the handler gets lists, a page at a time, instead of one message at a time
 * @param startPosition where to begin while no position is stored
 * @param pollInterval the longest wait before it looks for messages again when there were none
 * @param positionUpdateInterval after how many handled messages the position is stored
 * @param positionUpdateTimeout when the position is stored at the latest, if it moved
 * @param retryDelay the first wait after a failure
 * @param maxRetryDelay the longest wait after failures; it doubles from one to the next
 */
public record SubscriptionOptions(
        boolean batching,
        StartPosition startPosition,
        Duration pollInterval,
        int positionUpdateInterval,
        Duration positionUpdateTimeout,
        Duration retryDelay,
        Duration maxRetryDelay) {

    /** @throws IllegalArgumentException if a number or a duration is not positive, or the delays are in disorder */
    public SubscriptionOptions {
        requirePositive(pollInterval, "pollInterval");
        requirePositive(positionUpdateTimeout, "positionUpdateTimeout");
        requirePositive(retryDelay, "retryDelay");
        if (positionUpdateInterval < 1) {
            throw new IllegalArgumentException(
                    "Bad positionUpdateInterval " + positionUpdateInterval + ": it must be at least 1");
        }
        if (maxRetryDelay.compareTo(retryDelay) < 0) {
            throw new IllegalArgumentException("Bad maxRetryDelay " + maxRetryDelay.toMillis()
                    + " ms: it must not be less than retryDelay, " + retryDelay.toMillis() + " ms");
        }
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("Bad " + name + " " + duration.toMillis() + " ms: it must be positive");
        }
    }
}
