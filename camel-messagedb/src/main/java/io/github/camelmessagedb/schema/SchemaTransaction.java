package io.github.camelmessagedb.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** One transaction on a connection of the user's, which goes back as it came. */
final class SchemaTransaction {

    private final Connection connection;

    private SchemaTransaction(Connection connection) {
        this.connection = connection;
    }

    @FunctionalInterface
    interface Work<T> {
        T in(SchemaTransaction transaction) throws SQLException;
    }

    /** Commits what the work did, or nothing of it. */
    static <T> T run(DataSource dataSource, Work<T> work) throws SQLException {
        return run(dataSource, SchemaSql.BEGIN, work);
    }

    /** Changes nothing, and sees the same throughout. */
    static <T> T look(DataSource dataSource, Work<T> work) throws SQLException {
        return run(dataSource, SchemaSql.BEGIN_TO_LOOK, work);
    }

    /** Runs one statement that cannot be in a transaction with others. */
    static void runAlone(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    private static <T> T run(DataSource dataSource, String begin, Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                SchemaTransaction transaction = new SchemaTransaction(connection);
                transaction.execute(begin);
                T result = work.in(transaction);
                connection.commit();
                connection.setAutoCommit(autoCommit);
                return result;
            } catch (SQLException | RuntimeException e) {
                restore(connection, autoCommit, e);
                throw e;
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Empty if it was done, or what the database said against it; then the transaction goes on without it. */
    Optional<String> attempt(String sql) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            execute(sql);
            return Optional.empty();
        } catch (SQLException e) {
            connection.rollback(savepoint);
            return Optional.of(SchemaErrors.inWords(e));
        }
    }

    boolean isTrue(String query, String... arguments) throws SQLException {
        return rows(query, row -> row.getBoolean(1), arguments).get(0);
    }

    String text(String query, String... arguments) throws SQLException {
        return rows(query, row -> row.getString(1), arguments).get(0);
    }

    <R> List<R> rows(String query, RowMapper<R> mapper, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                List<R> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(mapper.map(row));
                }
                return rows;
            }
        }
    }

    @FunctionalInterface
    interface RowMapper<R> {
        R map(ResultSet row) throws SQLException;
    }

    private static void restore(Connection connection, boolean autoCommit, Exception failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
