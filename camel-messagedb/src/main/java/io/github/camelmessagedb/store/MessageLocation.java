package io.github.camelmessagedb.store;

import java.util.UUID;

/**
 * Where a message is.
 *
 * @param id its id
 * @param stream its stream
 * @param type its type
 * @param position its position in the stream
 * @param globalPosition its position in the store
 */
public record MessageLocation(UUID id, StreamName stream, String type, long position, long globalPosition) {

    boolean isOf(NewMessage message) {
        return id.equals(message.id()) && stream.equals(message.stream()) && type.equals(message.type());
    }
}
