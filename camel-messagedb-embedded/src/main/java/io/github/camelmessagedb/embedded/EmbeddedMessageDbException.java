package io.github.camelmessagedb.embedded;

/** The embedded server could not be started, stopped or used; the message says why and, where it can, what helps. */
public final class EmbeddedMessageDbException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedMessageDbException(String message) {
        super(message);
    }

    EmbeddedMessageDbException(String message, Throwable cause) {
        super(message, cause);
    }
}
