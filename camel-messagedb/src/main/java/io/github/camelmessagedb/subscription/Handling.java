package io.github.camelmessagedb.subscription;

/**
 * How messages are given to a handler.
 *
 * @param workers how many work at once; the messages of a stream all go to the same one, in order
 * @param batchSize how many messages a list has at the most, or 1 for one message at a time
 * @param maxInFlight how far the newest message that is begun may be from the oldest that is not finished, in messages
 * @param failurePolicy what becomes of a message that its handler failed on. A list that failed is given again one message
 *     at a time, so that the policy applies to the one that is to blame
 */
public record Handling(int workers, int batchSize, int maxInFlight, FailurePolicy failurePolicy) {

    /** One message at a time, each retried until it is handled. */
    public static final Handling ONE_BY_ONE = new Handling(1, 1, 1000, FailurePolicy.RETRY);

    /** @throws IllegalArgumentException if a number is less than 1, or there are more workers than may be in flight */
    public Handling {
        requirePositive(workers, "concurrentConsumers");
        requirePositive(batchSize, "batchSize");
        requirePositive(maxInFlight, "maxInFlight");
        if (workers > maxInFlight) {
            throw new IllegalArgumentException("Bad concurrentConsumers " + workers
                    + ": it must not be more than maxInFlight, " + maxInFlight + ", or some could never work");
        }
    }

    private static void requirePositive(int number, String name) {
        if (number < 1) {
            throw new IllegalArgumentException("Bad " + name + " " + number + ": it must be at least 1");
        }
    }
}
