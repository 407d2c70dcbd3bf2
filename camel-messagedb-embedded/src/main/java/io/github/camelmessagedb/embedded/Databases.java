package io.github.camelmessagedb.embedded;

import io.github.camelmessagedb.schema.MessageDbSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The databases of one server. */
final class Databases {

    private static final String TEMPLATE = "message_store_template";

    private final int port;
    private final DataSource maintenance;
    private boolean templateIsThere;

    Databases(int port) {
        this.port = port;
        this.maintenance = EmbeddedDatabase.dataSource(port, "postgres", PostgresServer.SUPERUSER);
    }

    /** The database of that name with Message DB in it, whichever of both is missing. */
    EmbeddedDatabase provide(String name) throws SQLException {
        if (!exists(name)) {
            execute("CREATE DATABASE " + quoted(name));
        }
        EmbeddedDatabase database = EmbeddedDatabase.at(port, name);
        MessageDbSchema.on(database.ownerDataSource()).install();
        return database;
    }

    /** A new database, copied from one that is kept for it: that is faster than installing. */
    synchronized EmbeddedDatabase create(String name) throws SQLException {
        if (!templateIsThere) {
            provide(TEMPLATE);
            templateIsThere = true;
        }
        execute("CREATE DATABASE " + quoted(name) + " TEMPLATE " + TEMPLATE);
        return EmbeddedDatabase.at(port, name);
    }

    /** Ends the sessions in it. */
    void drop(String name) throws SQLException {
        if (name.equals(TEMPLATE)) {
            throw new IllegalArgumentException("The server needs its database " + name);
        }
        execute("DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)");
    }

    String serverVersion() throws SQLException {
        try (Connection connection = maintenance.getConnection()) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private boolean exists(String name) throws SQLException {
        try (Connection connection = maintenance.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT EXISTS (SELECT FROM pg_database WHERE datname = ?)")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = maintenance.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
