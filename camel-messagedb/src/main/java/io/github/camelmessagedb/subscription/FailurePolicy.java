package io.github.camelmessagedb.subscription;

/** What becomes of a message that its handler failed on. */
public enum FailurePolicy {
    /** It is given again, with growing waits, until it is handled. What comes after it in its stream waits. */
    RETRY,
    /** The subscription ends before it, and handles it first when it is started again. */
    STOP,
    /** It is left out, with a warning. */
    SKIP
}
