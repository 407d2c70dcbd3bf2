package io.github.camelmessagedb.subscription;

import org.jspecify.annotations.Nullable;

/** A subscription has ended by itself, and does not go on before somebody mends what its message says. */
public abstract sealed class SubscriptionEndedException extends RuntimeException
        permits OwnershipLostException, StoreRewoundException, HandlingFailedException {

    private static final long serialVersionUID = 1L;

    SubscriptionEndedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
