package io.github.camelmessagedb.store;

import org.jspecify.annotations.Nullable;

/** What went wrong with the message store. No message of such an exception has a password or a message's content. */
public abstract sealed class MessageDbException extends RuntimeException
        permits VersionConflictException,
                DuplicateMessageException,
                MessageRejectedException,
                StoreUnavailableException,
                OutcomeUnknownException {

    private static final long serialVersionUID = 1L;

    MessageDbException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
