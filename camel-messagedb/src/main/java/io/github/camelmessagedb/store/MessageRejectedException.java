package io.github.camelmessagedb.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server refused the call for what is in it; doing the same again will not help. Nothing was written. */
public final class MessageRejectedException extends MessageDbException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String sqlState;

    MessageRejectedException(String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    /** The server's SQLSTATE. */
    public Optional<String> sqlState() {
        return Optional.ofNullable(sqlState);
    }
}
