package io.github.camelmessagedb.testing;

import io.github.camelmessagedb.store.NewMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/** A session that writes in transactions of its own. */
public final class Writer implements AutoCloseable {

    private final Connection connection;

    /** Connects; the first transaction begins with the first call. */
    public Writer(DataSource dataSource) throws SQLException {
        connection = dataSource.getConnection();
        connection.setAutoCommit(false);
    }

    /** As clients of Message DB do. */
    public Writer write(String stream, String data) throws SQLException {
        return write(NewMessage.of(stream, "Written", data));
    }

    /** The same, without metadata. */
    public Writer write(NewMessage message) throws SQLException {
        return call(
                "SELECT message_store.write_message(?::varchar, ?::varchar, ?::varchar, ?::jsonb)",
                message.id().toString(),
                message.stream().value(),
                message.type(),
                message.data());
    }

    /** Past Message DB's functions and locks. The stream must be this session's alone. */
    public Writer insert(String stream, String data) throws SQLException {
        return call(
                "INSERT INTO message_store.messages (id, stream_name, position, type, data) VALUES (?::uuid, ?,"
                        + " (SELECT count(*) FROM message_store.messages m WHERE m.stream_name = ?), 'Inserted', ?::jsonb)",
                UUID.randomUUID().toString(),
                stream,
                stream,
                data);
    }

    private Writer call(String sql, String... arguments) throws SQLException {
        execute("SET LOCAL search_path = message_store, public");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            statement.execute();
        }
        return this;
    }

    /** Runs any SQL in the transaction. */
    public Writer execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return this;
    }

    /** The session is free for its next transaction; this one stays open. */
    public void prepare(String name) throws SQLException {
        execute("PREPARE TRANSACTION '" + name + "'");
        connection.commit();
    }

    /** Ends the transaction. */
    public void commit() throws SQLException {
        connection.commit();
    }

    /** Ends the transaction; its numbers are lost. */
    public void rollBack() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
