package io.github.camelmessagedb.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Where connections come from, and whether they are in a transaction that somebody else ends. */
public interface ConnectionStrategy {

    /** Takes connections from the data source as they are; none is in somebody else's transaction. */
    ConnectionStrategy PLAIN = new ConnectionStrategy() {
        @Override
        public boolean mayBeInTransaction(DataSource dataSource) {
            return false;
        }
    };

    /** A connection for one piece of work. */
    default Connection connection(DataSource dataSource) throws SQLException {
        return dataSource.getConnection();
    }

    /**
     * Whether the connection is in a transaction that somebody else began and will end. In such a one nothing is
     * committed, rolled back, repeated or resolved by this library.
     */
    default boolean isTransactional(Connection connection, DataSource dataSource) {
        return false;
    }

    /**
     * Whether the calling thread may be in such a transaction. Where it may, its writes are made on this thread, and do not
     * share a transaction with those of others.
     */
    default boolean mayBeInTransaction(DataSource dataSource) {
        return true;
    }

    /** Gives the connection back. */
    default void release(Connection connection, DataSource dataSource) throws SQLException {
        connection.close();
    }
}
