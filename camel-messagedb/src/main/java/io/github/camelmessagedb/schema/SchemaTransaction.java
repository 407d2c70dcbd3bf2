package io.github.camelmessagedb.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** One transaction on a connection of the user's, which goes back as it came. */
final class SchemaTransaction {

    private final Statement statement;

    private SchemaTransaction(Statement statement) {
        this.statement = statement;
    }

    @FunctionalInterface
    interface Work<T> {
        T in(SchemaTransaction transaction) throws SQLException;
    }

    /** Commits what the work did, or nothing of it. */
    static <T> T run(DataSource dataSource, Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = attempt(connection, work);
                connection.setAutoCommit(autoCommit);
                return result;
            } catch (SQLException | RuntimeException e) {
                restore(connection, autoCommit, e);
                throw e;
            }
        }
    }

    void execute(String sql) throws SQLException {
        statement.execute(sql);
    }

    boolean isTrue(String query) throws SQLException {
        return rows(query, row -> row.getBoolean(1)).get(0);
    }

    String text(String query) throws SQLException {
        return rows(query, row -> row.getString(1)).get(0);
    }

    <R> List<R> rows(String query, RowMapper<R> mapper) throws SQLException {
        List<R> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                rows.add(mapper.map(row));
            }
        }
        return rows;
    }

    @FunctionalInterface
    interface RowMapper<R> {
        R map(ResultSet row) throws SQLException;
    }

    private static <T> T attempt(Connection connection, Work<T> work) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SchemaSql.BEGIN);
            T result = work.in(new SchemaTransaction(statement));
            connection.commit();
            return result;
        }
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
