package io.github.camelmessagedb.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.store.VersionConflictException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a position in a stream, as Eventide's consumers do: the last message of the stream, of type {@code Recorded},
 * with the data <code>{"position": n}</code>. Beside it, in the metadata's {@code properties}, is the id of the message
 * at that position, as {@code messageId}.
 *
 * <p>Every save expects the version that the stream had after the one before: of two that write to the same stream, one
 * is told.
 */
public final class StreamPositionStore implements PositionStore {

    private static final String TYPE = "Recorded";
    private static final String POSITION = "position";
    private static final String PROPERTIES = "properties";
    private static final String MESSAGE_ID = "messageId";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final MessageStore store;
    private final StreamName stream;
    private ExpectedVersion version = ExpectedVersion.NO_STREAM;

    /** A position in this stream. */
    public StreamPositionStore(MessageStore store, StreamName stream) {
        this.store = store;
        this.stream = stream;
    }

    @Override
    public Optional<RecordedPosition> load() {
        Optional<StoredMessage> last = store.reader().readLastMessage(stream, null);
        version = last.map(message -> ExpectedVersion.of(message.position())).orElse(ExpectedVersion.NO_STREAM);
        return last.map(this::parse);
    }

    @Override
    public void save(RecordedPosition position) {
        NewMessage message = new NewMessage(
                stream,
                UUID.randomUUID(),
                TYPE,
                json(Map.of(POSITION, position.position())),
                metadata(position.messageId()));
        try {
            version = ExpectedVersion.of(store.writer().write(message, version));
        } catch (VersionConflictException e) {
            throw new OwnershipLostException(
                    "Another consumer writes to the position stream '" + stream + "': it was expected to have version "
                            + version
                            + ". Two consumers have the same identity; give each its own consumerId, or start only"
                            + " one",
                    e);
        }
    }

    private RecordedPosition parse(StoredMessage message) {
        JsonNode position = tree(message, message.data()).path(POSITION);
        if (!position.isIntegralNumber()) {
            throw new IllegalStateException("The last message of the position stream '" + stream + "' (position "
                    + message.position() + ", type '" + message.type()
                    + "') has no number named 'position' in its data: write one of type Recorded that has, or use another"
                    + " consumerId");
        }
        String id = tree(message, message.metadata())
                .path(PROPERTIES)
                .path(MESSAGE_ID)
                .asText("");
        return new RecordedPosition(position.longValue(), id.isEmpty() ? null : UUID.fromString(id));
    }

    private JsonNode tree(StoredMessage message, @Nullable String json) {
        try {
            return MAPPER.readTree(json == null ? "{}" : json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot read the position in " + message);
        }
    }

    private static @Nullable String metadata(@Nullable UUID messageId) {
        return messageId == null ? null : json(Map.of(PROPERTIES, Map.of(MESSAGE_ID, messageId.toString())));
    }

    private static String json(Map<String, ?> value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of a number or a text can be written", e);
        }
    }
}
