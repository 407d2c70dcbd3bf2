package io.github.camelmessagedb.conformance;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The content of a store: messages in their global order. Ids, times and global positions follow from that order. */
record Store(List<Message> messages) {

    /** A message as it is in the table. */
    record Message(
            String stream,
            String type,
            @Nullable String data,
            @Nullable String metadata) {}

    /** Streams and categories that are alike, of which the generators' names are often one. */
    static final Store EXAMPLE = example();

    /** With gaps between the global positions, and times that are not whole seconds. */
    private static final String INSERT = """
            INSERT INTO message_store.messages
              (global_position, position, time, stream_name, type, data, metadata, id)
            SELECT n * 3, row_number() OVER (PARTITION BY stream ORDER BY n) - 1,
              timestamp '2020-02-28 23:59:50' + n * interval '1.234567 s',
              stream, type, data::jsonb, metadata::jsonb, md5(n::text)::uuid
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
              WITH ORDINALITY AS m (stream, type, data, metadata, n)
            """;

    void insert(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setArray(1, array(connection, Message::stream));
            statement.setArray(2, array(connection, Message::type));
            statement.setArray(3, array(connection, Message::data));
            statement.setArray(4, array(connection, Message::metadata));
            statement.executeUpdate();
        }
    }

    private Array array(Connection connection, Function<Message, @Nullable String> column) throws SQLException {
        return connection.createArrayOf("text", messages.stream().map(column).toArray());
    }

    private static Store example() {
        String[] streams = {"a-1", "a-2", "a-1+x", "a", "a:command-1", "b-1", "-", "-1", "a-", "a-1-2"};
        String[] correlations = {"", "b-1", "b", "a-2+x", "b:c-1"};
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String correlation = correlations[i % 7 % correlations.length];
            messages.add(new Message(
                    streams[i * i % 31 % streams.length],
                    "T" + i % 3,
                    i % 5 == 0 ? null : "{\"n\": " + i + ", \"é\": [\"\\u00e9\", 1.50, null]}",
                    correlation.isEmpty() ? null : "{\"correlationStreamName\": \"" + correlation + "\"}"));
        }
        return new Store(List.copyOf(messages));
    }
}
