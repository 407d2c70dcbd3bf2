package io.github.camelmessagedb.component;

import static io.github.camelmessagedb.component.MessageDbConstants.*;

import io.github.camelmessagedb.store.StoredMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The one class that reads and sets headers, on every path: consumer, reads, writes. What is between headers and a
 * message's metadata goes through the filter, each entry, in both directions.
 */
final class MessageMapper {

    private final MetadataJson metadataJson = new MetadataJson();
    private final HeaderFilterStrategy filter;

    MessageMapper(HeaderFilterStrategy filter) {
        this.filter = filter;
    }

    /** Makes the message what an exchange of a consumer carries. */
    void consumed(StoredMessage stored, Exchange exchange) {
        MessageDbMessage message = new MessageDbMessage(exchange.getContext(), stored);
        exchange.setIn(message);
        describe(stored, message, exchange);
    }

    /** Makes the message what an exchange of a consumer carries: a message, or a list of them. */
    void consumed(List<StoredMessage> stored, boolean asList, Exchange exchange) {
        if (asList) {
            exchange.getIn().setBody(messages(stored, exchange));
        } else {
            consumed(stored.get(0), exchange);
        }
    }

    /** The messages of a list body, each with its own body and headers. */
    List<Message> messages(List<StoredMessage> stored, Exchange exchange) {
        return stored.stream().map(message -> element(message, exchange)).toList();
    }

    /** It becomes the message of an exchange when somebody splits the list. */
    private Message element(StoredMessage stored, Exchange exchange) {
        MessageDbMessage message = new MessageDbMessage(exchange.getContext(), stored);
        describe(stored, message, exchange);
        return message;
    }

    /** Puts a message that was read into another message: its data as the body, the rest as headers. */
    void describe(StoredMessage stored, Message message, Exchange exchange) {
        message.setBody(stored.data());
        Object metadata = stored.metadata() == null ? null : metadataJson.value(stored.metadata());
        if (metadata instanceof Map<?, ?> entries) {
            entries.forEach((name, value) -> spread(String.valueOf(name), value, message, exchange));
        }
        message.setHeader(MESSAGE_ID, stored.id().toString());
        message.setHeader(STREAM_NAME, stored.stream().value());
        message.setHeader(MESSAGE_TYPE, stored.type());
        message.setHeader(POSITION, stored.position());
        message.setHeader(GLOBAL_POSITION, stored.globalPosition());
        message.setHeader(TIME, stored.time());
        message.setHeader(MESSAGE_TIMESTAMP, stored.time().toEpochMilli());
        setOrRemove(message, METADATA, metadata);
    }

    private void spread(String name, @Nullable Object value, Message message, Exchange exchange) {
        if (isScalar(value) && !belongsToCamel(name) && !filter.applyFilterToExternalHeaders(name, value, exchange)) {
            message.setHeader(name, value);
        }
    }

    /** Whatever the filter says: such a header would steer a component further on. */
    private static boolean belongsToCamel(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return lowerCase.startsWith("camel") || lowerCase.startsWith("org.apache.camel.");
    }

    private static boolean isScalar(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    /** Nothing was read: what an earlier message left behind must not pass for it. */
    void describeNothing(Message message) {
        message.setBody(null);
        for (String name : List.of(
                MESSAGE_ID, STREAM_NAME, MESSAGE_TYPE, POSITION, GLOBAL_POSITION, TIME, MESSAGE_TIMESTAMP, METADATA)) {
            message.removeHeader(name);
        }
    }

    /** Whether Camel's error handler has sent this message here before. */
    boolean isRedelivered(Message message) {
        return Boolean.TRUE.equals(message.getHeader(Exchange.REDELIVERED, Boolean.class));
    }

    /** What the headers of a message tell a producer to do. */
    Steering steering(Message message) {
        return new Steering(new HeaderValues(message::getHeader));
    }

    /** Steering is for one call: an id or an expected version that stayed would be taken for the next one's. */
    void removeSteering(Message message) {
        for (String name : List.of(
                OPERATION,
                OVERRIDE_STREAM_NAME,
                OVERRIDE_MESSAGE_TYPE,
                OVERRIDE_MESSAGE_ID,
                OVERRIDE_METADATA,
                EXPECTED_VERSION,
                READ_POSITION)) {
            message.removeHeader(name);
        }
    }

    /** The headers that the filter lets out into metadata. */
    Map<String, Object> metadataOfHeaders(Message message, Exchange exchange) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (isScalar(value) && !belongsToCamel(name) && !filter.applyFilterToCamelHeaders(name, value, exchange)) {
                metadata.put(name, value);
            }
        });
        return metadata;
    }

    /** The message that a message, or else the exchange around it, came from. */
    Optional<StoredMessage> followed(Message message, Exchange exchange) {
        return message instanceof MessageDbMessage read
                ? Optional.of(read.getStored())
                : Optional.ofNullable(exchange.getProperty(MessageDbMessage.FOLLOWED, StoredMessage.class));
    }

    void answerWritten(Message message, long position, UUID id) {
        message.setHeader(WRITTEN_POSITION, position);
        message.setHeader(WRITTEN_ID, id.toString());
        message.removeHeader(WRITTEN_POSITIONS);
    }

    void answerWritten(Message message, List<Long> positions) {
        message.setHeader(WRITTEN_POSITIONS, positions);
        message.removeHeader(WRITTEN_POSITION);
        message.removeHeader(WRITTEN_ID);
    }

    void answerRead(Message message, long nextPosition) {
        message.setHeader(NEXT_POSITION, nextPosition);
    }

    private static void setOrRemove(Message message, String name, @Nullable Object value) {
        if (value == null) {
            message.removeHeader(name);
        } else {
            message.setHeader(name, value);
        }
    }
}
