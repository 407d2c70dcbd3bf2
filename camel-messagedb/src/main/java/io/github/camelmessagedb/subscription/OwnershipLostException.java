package io.github.camelmessagedb.subscription;

import org.jspecify.annotations.Nullable;

/** Another consumer keeps its position in the same place: this one must stop, or both would advance. */
public final class OwnershipLostException extends SubscriptionEndedException {

    private static final long serialVersionUID = 1L;

    /** With a message that names the place, and the other if it is known. */
    public OwnershipLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
