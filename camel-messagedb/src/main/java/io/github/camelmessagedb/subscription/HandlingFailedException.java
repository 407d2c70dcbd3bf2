package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;

/** A message was not handled, and the subscription is set to stop then. The cause is the handler's failure. */
public final class HandlingFailedException extends SubscriptionEndedException {

    private static final long serialVersionUID = 1L;

    private final transient StoredMessage failed;

    HandlingFailedException(StoredMessage failed, Throwable cause) {
        super(
                "It was not handled, and failurePolicy is stop: " + failed
                        + ". It will be the first of its stream when the consumer is started again",
                cause);
        this.failed = failed;
    }

    /** The message. */
    public StoredMessage failed() {
        return failed;
    }
}
