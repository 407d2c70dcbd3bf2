package io.github.camelmessagedb.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Borrows connections and gives them back as they were. Outside of somebody else's transaction each piece of work sends
 * one statement text in autocommit, which the server runs as one transaction, whatever the pool's own default is.
 */
record Jdbc(DataSource dataSource, ConnectionStrategy strategy) {

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Session session) throws SQLException;
    }

    /**
     * A borrowed connection.
     *
     * @param joined whether it is in a transaction that somebody else ends
     * @param readCommitted whether its transaction is to be READ COMMITTED, whatever the default is
     */
    record Session(Connection connection, boolean joined, boolean readCommitted) {

        /**
         * Does what undoes itself where it fails: somebody else's transaction is as it was before. Else it would be aborted,
         * and the driver would not even say so when it is committed, and all of it lost.
         */
        <T> T undoing(Work<T> work) throws SQLException {
            if (!joined) {
                return work.with(this);
            }
            execute(SqlText.SAVEPOINT);
            try {
                T answer = work.with(this);
                execute(SqlText.RELEASE_SAVEPOINT);
                return answer;
            } catch (SQLException | RuntimeException | Error e) {
                try {
                    execute(SqlText.ROLL_BACK_TO_SAVEPOINT);
                    execute(SqlText.RELEASE_SAVEPOINT);
                } catch (SQLException broken) {
                    e.addSuppressed(broken);
                }
                throw e;
            }
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        /**
         * An array for a parameter. The driver sends texts and numbers as they are, where it is told by the array's class what
         * they are; an array of objects it makes a text of, with an escape for each quote, which the server has to take apart.
         */
        Array array(String type, @Nullable Object[] values) throws SQLException {
            return connection.createArrayOf(type, values);
        }

        /** The same, with a transaction that sees what others committed while it waited for a lock. */
        Session ofReadCommitted() {
            return new Session(connection, joined, true);
        }
    }

    /** The connection could not be had: nothing was sent. */
    static final class NotConnected extends SQLException {
        private static final long serialVersionUID = 1L;

        NotConnected(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    <T> T call(Work<T> work) throws SQLException {
        Connection connection = borrow();
        Throwable failure = null;
        try {
            return strategy.isTransactional(connection, dataSource)
                    ? work.with(new Session(connection, true, false))
                    : inAutocommit(connection, work);
        } catch (SQLException | RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            release(connection, failure);
        }
    }

    private Connection borrow() throws NotConnected {
        try {
            return strategy.connection(dataSource);
        } catch (SQLException e) {
            throw new NotConnected(e);
        }
    }

    private static <T> T inAutocommit(Connection connection, Work<T> work) throws SQLException {
        boolean autocommit;
        try {
            DriverState.requireUsable(connection);
            autocommit = connection.getAutoCommit();
            if (!autocommit) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new NotConnected(e);
        }
        try {
            return work.with(new Session(connection, false, false));
        } finally {
            if (!autocommit) {
                restore(connection);
            }
        }
    }

    /** The work is done, or has failed: what fails now must not make it look otherwise. */
    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            // The connection is broken; its pool finds out when it gets it back.
        }
    }

    private void release(Connection connection, @Nullable Throwable failure) {
        try {
            strategy.release(connection, dataSource);
        } catch (SQLException e) {
            if (failure != null) {
                failure.addSuppressed(e);
            }
        }
    }
}
