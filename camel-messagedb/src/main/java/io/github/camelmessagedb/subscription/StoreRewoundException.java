package io.github.camelmessagedb.subscription;

/**
 * The store has lost messages that it had given out: a standby was promoted that had not received all, or a backup was
 * restored. It gives their positions to other messages, which a subscription that went on would never see.
 */
public final class StoreRewoundException extends SubscriptionEndedException {

    private static final long serialVersionUID = 1L;

    /** The position, and what was read there. */
    private final transient RecordedPosition expected;

    /** With a message that tells what is wrong and how to go on. */
    public StoreRewoundException(String message, RecordedPosition expected) {
        super(message, null);
        this.expected = expected;
    }

    /** The position that the subscription had come to, with the id of the message that was there. */
    public RecordedPosition expected() {
        return expected;
    }
}
