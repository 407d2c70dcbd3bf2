package io.github.camelmessagedb.component;

import org.apache.camel.Exchange;
import org.apache.camel.RollbackExchangeException;
import org.jspecify.annotations.Nullable;

/** How an exchange has ended. */
final class Outcome {

    private Outcome() {}

    /** What an error handler dealt with is done; what it gave up on, or what was marked for rollback, is not. */
    static @Nullable Throwable failure(Exchange exchange) {
        if (exchange.getException() != null) {
            return exchange.getException();
        }
        return exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()
                ? new RollbackExchangeException("The exchange was marked for rollback", exchange)
                : null;
    }
}
