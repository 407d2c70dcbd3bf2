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
        exchange.setIn(message(stored, exchange));
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
        return stored.stream().<Message>map(it -> message(it, exchange)).toList();
    }

    /** It becomes the message of an exchange of its own when somebody splits the list that it is in. */
    private MessageDbMessage message(StoredMessage stored, Exchange exchange) {
        return new MessageDbMessage(exchange.getContext(), stored, headers -> describe(stored, headers, exchange));
    }

    /** Puts a message that was read into another message: its data as the body, the rest as headers. */
    void describe(StoredMessage stored, Message message, Exchange exchange) {
        message.setBody(stored.data());
        message.removeHeader(METADATA);
        describe(stored, message.getHeaders(), exchange);
    }

    /** Puts what a message is, but for its data, into headers. */
    void describe(StoredMessage stored, Map<String, Object> headers, Exchange exchange) {
        Object metadata = stored.metadata() == null ? null : metadataJson.value(stored.metadata());
        if (metadata instanceof Map<?, ?> entries) {
            entries.forEach((name, value) -> spread(String.valueOf(name), value, headers, exchange));
        }
        headers.put(MESSAGE_ID, stored.id().toString());
        headers.put(STREAM_NAME, stored.stream().value());
        headers.put(MESSAGE_TYPE, stored.type());
        headers.put(POSITION, stored.position());
        headers.put(GLOBAL_POSITION, stored.globalPosition());
        headers.put(TIME, stored.time());
        headers.put(MESSAGE_TIMESTAMP, stored.time().toEpochMilli());
        if (metadata != null) {
            headers.put(METADATA, metadata);
        }
    }

    private void spread(String name, @Nullable Object value, Map<String, Object> headers, Exchange exchange) {
        if (isScalar(value) && !belongsToCamel(name) && !filter.applyFilterToExternalHeaders(name, value, exchange)) {
            headers.put(name, value);
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
}
