package io.github.camelmessagedb.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as the store holds it.
 *
 * @param id unique in the whole store
 * @param stream the stream that it was written to
 * @param type as written
 * @param position its number in its stream, from 0, without gaps
 * @param globalPosition its number in the store, from 1, with gaps
 * @param data JSON text, or null where the column is
 * @param metadata JSON text, or null where the column is
 * @param time when the transaction that wrote it began, by the server's clock
 */
public record StoredMessage(
        UUID id,
        StreamName stream,
        String type,
        long position,
        long globalPosition,
        @Nullable String data,
        @Nullable String metadata,
        Instant time) {

    /** Names the message without its content, which belongs in no log. */
    @Override
    public String toString() {
        return "StoredMessage[stream=" + stream + ", position=" + position + ", globalPosition=" + globalPosition
                + ", type=" + type + ", id=" + id + "]";
    }
}
