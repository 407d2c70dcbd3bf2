package io.github.camelmessagedb.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Where connections come from, and whether they are in a transaction that somebody else ends. */
public interface ConnectionStrategy {

    /** Takes connections from the data source as they are; none is in somebody else's transaction. */
    ConnectionStrategy PLAIN = new ConnectionStrategy() {};

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

    /** Gives the connection back. */
    default void release(Connection connection, DataSource dataSource) throws SQLException {
        connection.close();
    }
}
