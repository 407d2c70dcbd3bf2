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
 * is told. A save of which the connection was lost is settled before the next.
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

    /** Of which it is not known whether it was written. */
    private @Nullable NewMessage uncertain;

    /** A position in this stream. */
    public StreamPositionStore(MessageStore store, StreamName stream) {
        this.store = store;
        this.stream = stream;
    }

    @Override
    public synchronized Optional<RecordedPosition> load() {
        Optional<StoredMessage> last = store.reader().readLastMessage(stream, null);
        version = last.map(message -> ExpectedVersion.of(message.position())).orElse(ExpectedVersion.NO_STREAM);
        uncertain = null;
        return last.map(this::parse);
    }

    @Override
    public synchronized void save(RecordedPosition position) {
        // Its own message must not be taken for another consumer's: written again, with its id, it is there just once.
        NewMessage earlier = uncertain;
        if (earlier != null) {
            write(earlier);
        }
        write(message(position));
    }

    private NewMessage message(RecordedPosition position) {
        return new NewMessage(
                stream,
                UUID.randomUUID(),
                TYPE,
                json(Map.of(POSITION, position.position())),
                metadata(position.messageId()));
    }

    private void write(NewMessage message) {
        uncertain = message;
        try {
            version = ExpectedVersion.of(store.writer().write(message, version));
            uncertain = null;
        } catch (VersionConflictException e) {
            uncertain = null;
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
        return new RecordedPosition(position.longValue(), messageId(message));
    }

    /** Others write positions too, and other things into their properties. */
    private @Nullable UUID messageId(StoredMessage message) {
        String id = tree(message, message.metadata())
                .path(PROPERTIES)
                .path(MESSAGE_ID)
                .asText("");
        try {
            return id.isEmpty() ? null : UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return null;
        }
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
