package io.github.camelmessagedb.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Always the same connection, never closed by who uses it; in somebody else's transaction or not. */
final class OneConnection implements ConnectionStrategy, AutoCloseable {

    private final Connection connection;
    private final boolean transactional;

    private OneConnection(Connection connection, boolean transactional) {
        this.connection = connection;
        this.transactional = transactional;
    }

    static OneConnection of(DataSource dataSource) throws SQLException {
        return new OneConnection(dataSource.getConnection(), false);
    }

    /** With a transaction that has begun. */
    static OneConnection inTransaction(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        return new OneConnection(connection, true);
    }

    @Override
    public Connection connection(DataSource dataSource) {
        return connection;
    }

    @Override
    public boolean isTransactional(Connection connection, DataSource dataSource) {
        return transactional;
    }

    @Override
    public void release(Connection connection, DataSource dataSource) {
        // It is the test's.
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    String searchPath() throws SQLException {
        return text("SHOW search_path");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
