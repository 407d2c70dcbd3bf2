package io.github.camelmessagedb.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store could not be reached or could not do its work now. Nothing was written. */
public final class StoreUnavailableException extends MessageDbException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String remedy;

    StoreUnavailableException(String message, @Nullable String remedy, @Nullable Throwable cause) {
        super(remedy == null ? message : message + ". " + remedy, cause);
        this.remedy = remedy;
    }

    /**
     * What somebody has to do or to check, where waiting alone may not help: a wrong password, a missing privilege or schema, a
     * server that cannot be reached.
     */
    public Optional<String> remedy() {
        return Optional.ofNullable(remedy);
    }
}
