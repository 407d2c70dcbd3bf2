package io.github.camelmessagedb.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** One statement on a connection of its own. */
public final class Sql {

    private Sql() {}

    public static void execute(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row. */
    public static String value(DataSource dataSource, String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    public static void write(DataSource dataSource, String stream) throws SQLException {
        value(dataSource, "SELECT write_message(gen_random_uuid()::varchar, '" + stream + "', 'Happened', '{}')");
    }

    public static long messages(DataSource dataSource) throws SQLException {
        return Long.parseLong(value(dataSource, "SELECT count(*) FROM message_store.messages"));
    }
}
