package io.github.camelmessagedb.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;

/** What must hold of a borrowed connection so that a text of several statements is one transaction of its own. */
final class DriverState {

    private DriverState() {}

    /**
     * @throws StoreUnavailableException if it does not hold: in these cases statements would be committed one by one, or
     *     what somebody else began would be committed
     */
    static void requireUsable(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(BaseConnection.class)) {
            return;
        }
        BaseConnection driver = connection.unwrap(BaseConnection.class);
        if (driver.getPreferQueryMode() == PreferQueryMode.SIMPLE) {
            throw new StoreUnavailableException(
                    "The connection has preferQueryMode=simple",
                    "Remove it from the JDBC URL; behind a PgBouncer in transaction mode use prepareThreshold=0",
                    null);
        }
        if (driver.getPrepareThreshold() < 0) {
            throw new StoreUnavailableException(
                    "The connection has a negative prepareThreshold", "Use 0 or more in the JDBC URL", null);
        }
        if (!driver.getAutoCommit() && driver.getTransactionState() != TransactionState.IDLE) {
            throw new StoreUnavailableException(
                    "The connection is in a transaction that somebody else began",
                    "Give the component a connectionStrategy that knows of it, or a data source that does not hand out"
                            + " connections of transactions; if it is the pool's validation that began it, let the pool's"
                            + " connections begin with autocommit on",
                    null);
        }
    }
}
