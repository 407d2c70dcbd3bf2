package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages as they are to stand in the store, in files under {@code golden}: all that is no id, time or global position. */
public final class Golden {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String ROWS = """
            SELECT jsonb_build_object('stream_name', stream_name, 'position', position, 'type', type,
                                      'data', data, 'metadata', metadata)
            FROM message_store.messages WHERE message_store.category(stream_name) = ? ORDER BY global_position""";

    private final TestDatabase database;

    private Golden(TestDatabase database) {
        this.database = database;
    }

    /** Held against that database. */
    public static Golden of(TestDatabase database) {
        return new Golden(database);
    }

    /** The messages of a file. */
    public static List<JsonNode> messages(String file) {
        try (InputStream content = Golden.class.getResourceAsStream("/golden/" + file)) {
            List<JsonNode> messages = new ArrayList<>();
            JSON.readTree(Objects.requireNonNull(content, file)).forEach(messages::add);
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asserts that the category has the messages of the file that are its own, and no other. */
    public void assertCategory(String category, String file) {
        assertThat(stored(category)).isEqualTo(ofCategory(category, messages(file)));
    }

    private static List<JsonNode> ofCategory(String category, List<JsonNode> messages) {
        List<JsonNode> own = messages.stream()
                .filter(message -> message.path("stream_name").asText().startsWith(category + "-"))
                .toList();
        assertThat(own).isNotEmpty();
        return own;
    }

    /** What the category has; who stored a position is another one each time. */
    public List<JsonNode> stored(String category) {
        return database.query(ROWS, category).stream()
                .map(row ->
                        tree(row.get(0).replaceAll("(\"owner\": \")[^\"]+ on [^\"]+, process \\d+\"", "$1somebody\"")))
                .toList();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a message with the server's own function, as a client in another language does. */
    public void write(JsonNode message) {
        write(UUID.randomUUID(), message);
    }

    /** As {@link #write(JsonNode)}, with that id. */
    public void write(UUID id, JsonNode message) {
        call(
                "SELECT write_message(?, ?, ?, ?::jsonb, ?::jsonb)",
                id.toString(),
                message.path("stream_name").asText(),
                message.path("type").asText(),
                text(message.path("data")),
                text(message.path("metadata")));
    }

    /** What a query answers as the role of Message DB's clients: the first column of the first row. */
    public @Nullable String call(String sql, @Nullable Object... arguments) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot run: " + sql, e);
        }
    }

    private static @Nullable Object text(JsonNode json) {
        return json.isNull() ? null : json.toString();
    }
}
