package io.github.camelmessagedb.starter;

import io.github.camelmessagedb.store.ConnectionStrategy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes part in the transaction that Spring has begun on the thread, if it is one of this data source.
 *
 * <p>Spring's own way, {@code DataSourceUtils}, also keeps a connection of a data source that the transaction is not about
 * until that ends: what is written through it would be committed by nobody. Such a one is taken and given back here as if
 * there was no transaction.
 */
final class SpringConnections implements ConnectionStrategy {

    @Override
    public Connection connection(DataSource dataSource) throws SQLException {
        DataSource target = withoutTransactions(dataSource);
        return isBound(target) ? DataSourceUtils.doGetConnection(target) : target.getConnection();
    }

    /** Where there is synchronization without a transaction, a connection is bound too, but commits by itself. */
    @Override
    public boolean isTransactional(Connection connection, DataSource dataSource) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && DataSourceUtils.isConnectionTransactional(connection, withoutTransactions(dataSource))
                && !isAutoCommit(connection);
    }

    @Override
    public boolean mayBeInTransaction(DataSource dataSource) {
        return TransactionSynchronizationManager.isActualTransactionActive();
    }

    @Override
    public void release(Connection connection, DataSource dataSource) throws SQLException {
        DataSourceUtils.doReleaseConnection(connection, withoutTransactions(dataSource));
    }

    private static boolean isBound(DataSource target) {
        return TransactionSynchronizationManager.getResource(target) instanceof ConnectionHolder;
    }

    private static boolean isAutoCommit(Connection connection) {
        try {
            return connection.getAutoCommit();
        } catch (SQLException e) {
            return false; // It is broken, which whoever uses it is told.
        }
    }

    /** Transactions are known by the data source behind such proxies. */
    static DataSource withoutTransactions(DataSource dataSource) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return target == null ? dataSource : withoutTransactions(target);
    }
}
