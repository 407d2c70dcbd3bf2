package io.github.camelmessagedb.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelmessagedb.store.StoredMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A position as a message: in its data what Eventide's consumers read, in its metadata what only ours do. */
final class PositionJson {

    private static final String POSITION = "position";
    private static final String PROPERTIES = "properties";
    private static final String MESSAGE_ID = "messageId";
    private static final String HANDLED_AHEAD = "handledAhead";
    private static final String OWNER = "owner";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PositionJson() {}

    static String data(RecordedPosition position) {
        return json(Map.of(POSITION, position.position()));
    }

    static String metadata(RecordedPosition position, String owner) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (position.messageId() != null) {
            properties.put(MESSAGE_ID, position.messageId().toString());
        }
        if (!position.handledAhead().isEmpty()) {
            properties.put(HANDLED_AHEAD, position.handledAhead());
        }
        properties.put(OWNER, owner);
        return json(Map.of(PROPERTIES, properties));
    }

    /** @throws IllegalStateException if there is none in the message */
    static RecordedPosition position(StoredMessage message) {
        JsonNode position = tree(message, message.data()).path(POSITION);
        if (!position.isIntegralNumber()) {
            throw new IllegalStateException("The last message of the position stream '" + message.stream()
                    + "' (position " + message.position() + ", type '" + message.type()
                    + "') has no number named 'position' in its data: write one of type Recorded that has, or use another"
                    + " consumerId");
        }
        return new RecordedPosition(position.longValue(), messageId(message), handledAhead(message));
    }

    private static List<UUID> handledAhead(StoredMessage message) {
        List<UUID> ids = new ArrayList<>();
        for (JsonNode id : properties(message).path(HANDLED_AHEAD)) {
            uuid(id.asText()).ifPresent(ids::add);
        }
        return ids;
    }

    private static @Nullable UUID messageId(StoredMessage message) {
        return property(message, MESSAGE_ID).flatMap(PositionJson::uuid).orElse(null);
    }

    /** Others write positions too, and other things into their properties. */
    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Who wrote it, if it says so. */
    static Optional<String> owner(StoredMessage message) {
        return property(message, OWNER);
    }

    private static Optional<String> property(StoredMessage message, String name) {
        return Optional.of(properties(message).path(name).asText("")).filter(text -> !text.isEmpty());
    }

    private static JsonNode properties(StoredMessage message) {
        return tree(message, message.metadata()).path(PROPERTIES);
    }

    private static JsonNode tree(StoredMessage message, @Nullable String json) {
        try {
            return MAPPER.readTree(json == null ? "{}" : json);
        } catch (JsonProcessingException e) {
            // Its own message would quote the content.
            throw new IllegalStateException("Cannot read the position in " + message);
        }
    }

    private static String json(Map<String, ?> value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of a number or a text can be written", e);
        }
    }
}
