package io.github.camelmessagedb.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to be written.
 *
 * @param stream where it goes; a category's name is a stream too
 * @param id unique in the whole store: writing a message again with its id, to the same stream and with the same type,
 *     writes nothing and answers the position of the first
 * @param type such as {@code Deposited}; not empty
 * @param data JSON text of any kind
 * @param metadata the JSON text of an object, or null
 */
public record NewMessage(
        StreamName stream,
        UUID id,
        String type,
        String data,
        @Nullable String metadata) {

    /**
     * @throws IllegalArgumentException if the stream has no category, the type is empty, or data or metadata are not
     *     what is asked for
     */
    public NewMessage {
        StreamName.of(stream.value());
        Text.requireNotEmpty(type, "message type");
        Json.requireValid(data, "data");
        if (metadata != null) {
            Json.requireObject(metadata, "metadata");
        }
    }

    /** A message with a random id and no metadata. */
    public static NewMessage of(String stream, String type, String data) {
        return new NewMessage(StreamName.of(stream), UUID.randomUUID(), type, data, null);
    }

    /** The same message with another id. */
    public NewMessage withId(UUID newId) {
        return new NewMessage(stream, newId, type, data, metadata);
    }

    /** The same message with other metadata. */
    public NewMessage withMetadata(@Nullable String newMetadata) {
        return new NewMessage(stream, id, type, data, newMetadata);
    }

    /** Names the message without its content, which belongs in no log. */
    @Override
    public String toString() {
        return "NewMessage[stream=" + stream + ", id=" + id + ", type=" + type + "]";
    }
}
