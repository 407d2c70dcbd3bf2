package io.github.camelmessagedb.subscription;

/**
 * Is told what a subscription does, and how long it took in nanoseconds, on the threads that do it: all methods must return
 * at once, be safe for use by many threads, and throw nothing. Failures are told each time, unlike in the log.
 */
public interface SubscriptionObserver {

    /** Nobody: a subscription that has no observer measures nothing. */
    SubscriptionObserver NONE = new SubscriptionObserver() {};

    /** A page was read, with so many messages, perhaps none. */
    default void read(int messages, long nanos) {}

    /** A page could not be read. */
    default void readFailed(Throwable failure, long nanos) {}

    /** Messages were handled: one, or a list. */
    default void handled(int messages, long nanos) {}

    /** The handler failed on messages. */
    default void failed(int messages, Throwable failure, long nanos) {}

    /** Messages that the handler failed on are to be given to it again. */
    default void retried(int messages) {}

    /** Messages that the handler failed on were left out. */
    default void skipped(int messages) {}

    /** The position was stored. */
    default void saved(long nanos) {}

    /** The position could not be stored. */
    default void saveFailed(Throwable failure, long nanos) {}
}
