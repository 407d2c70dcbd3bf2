package io.github.camelmessagedb.component;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StreamName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Makes write requests of exchanges. Whatever is wrong is found before anything is written. */
final class WriteRequests {

    private static final String IN_DOUBT = MessageDbConstants.PREFIX + "InDoubt";

    private final StreamName endpointName;
    private final MessageDbConfiguration configuration;
    private final MessageMapper mapper;
    private final JsonBody json;
    private final @Nullable IdNames idNames;

    WriteRequests(
            StreamName endpointName,
            MessageDbConfiguration configuration,
            MessageMapper mapper,
            JsonBody json,
            @Nullable IdNames idNames) {
        this.endpointName = endpointName;
        this.configuration = configuration;
        this.mapper = mapper;
        this.json = json;
        this.idNames = idNames;
    }

    WriteRequest of(Exchange exchange) {
        WriteRequest request = fromBody(exchange);
        InDoubt inDoubt = exchange.getProperty(IN_DOUBT, InDoubt.class);
        return inDoubt != null
                        && inDoubt.by() == this
                        && mapper.isRedelivered(exchange.getMessage())
                        && request.hasContentOf(inDoubt.request())
                ? inDoubt.request()
                : request;
    }

    /**
     * Has the same request made again, with the same ids, if Camel sends this exchange here again: ids that are random
     * would be others, and what may be stored already would be written twice.
     */
    void rememberInDoubt(Exchange exchange, WriteRequest request) {
        exchange.setProperty(IN_DOUBT, new InDoubt(this, request));
    }

    private record InDoubt(WriteRequests by, WriteRequest request) {}

    private WriteRequest fromBody(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        // A tree of Jackson's is an Iterable too, but it is one value.
        return body instanceof Iterable<?> elements
                        && !(body instanceof JsonNode)
                        && !(body instanceof java.nio.file.Path)
                ? batch(elements, exchange)
                : single(body, exchange);
    }

    private WriteRequest single(@Nullable Object body, Exchange exchange) {
        Message message = exchange.getMessage();
        Steering steering = mapper.steering(message);
        StreamName stream = stream(steering);
        NewMessage written = new NewMessage(
                stream,
                Optional.ofNullable(steering.id()).orElseGet(() -> idOf(exchange)),
                type(steering),
                json.text(body, "body"),
                MetadataJson.text(metadata(message, exchange)));
        return new WriteRequest(
                List.of(requireWritable(written)), Map.of(stream, expectedVersion(steering)), false, List.of());
    }

    private WriteRequest batch(Iterable<?> elements, Exchange exchange) {
        Steering steering = mapper.steering(exchange.getMessage());
        if (steering.id() != null) {
            throw new IllegalArgumentException("The header " + MessageDbConstants.OVERRIDE_MESSAGE_ID
                    + " gives one id, but the body is a batch: give each element its own");
        }
        BatchElements batch = new BatchElements(this, exchange, steering, idName(exchange));
        elements.forEach(batch::add);
        return batch.request(expectedVersion(steering));
    }

    StreamName stream(Steering steering) {
        StreamName stream = steering.stream();
        return stream == null ? endpointName : stream;
    }

    /**
     * A name that ends with the hyphen is what is left of one whose id came out empty: all of them would be one stream.
     *
     * @throws IllegalArgumentException if its stream has such a name, or is what stands for everything
     */
    static NewMessage requireWritable(NewMessage message) {
        if (message.stream().id().filter(String::isEmpty).isPresent()) {
            String category = message.stream().category();
            throw new IllegalArgumentException("Cannot write to the stream '" + message.stream()
                    + "': there is no id after the hyphen, as where an expression such as ${header.id} is empty. Write '"
                    + category + "-123', or '" + category + "' for a stream without an id");
        }
        if (message.stream().equals(ReadQuery.ALL)) {
            throw new IllegalArgumentException(
                    "Cannot write: " + ReadQuery.ALL + " stands for everything. Give the name of a stream");
        }
        return message;
    }

    String type(Steering steering) {
        String type = steering.type();
        return type == null ? requireType(configuration.getMessageType()) : type;
    }

    private static String requireType(@Nullable String type) {
        if (type == null || type.isEmpty()) {
            throw new IllegalArgumentException("No message type: set the endpoint's option messageType, such as"
                    + " messageType=Deposited, or the header "
                    + MessageDbConstants.OVERRIDE_MESSAGE_TYPE);
        }
        return type;
    }

    private ExpectedVersion expectedVersion(Steering steering) {
        ExpectedVersion version = steering.expectedVersion();
        return version == null ? new ExpectedVersion(configuration.getExpectedVersion()) : version;
    }

    private UUID idOf(Exchange exchange) {
        return idName(exchange).map(MessageIds::of).orElseGet(UUID::randomUUID);
    }

    private Optional<String> idName(Exchange exchange) {
        return Optional.ofNullable(idNames).map(names -> names.of(exchange));
    }

    /** What follows from where the message came from, under what headers bring, under what is given for this write. */
    Map<String, Object> metadata(Message message, Exchange exchange) {
        Map<String, Object> metadata = new LinkedHashMap<>(followed(message, exchange));
        Following.overlay(metadata, mapper.metadataOfHeaders(message, exchange));
        Following.overlay(metadata, mapper.steering(message).metadata());
        return metadata;
    }

    private Map<String, Object> followed(Message message, Exchange exchange) {
        return configuration.isFollow()
                ? mapper.followed(message, exchange).map(Following::metadata).orElse(Map.of())
                : Map.of();
    }

    MessageMapper mapper() {
        return mapper;
    }

    JsonBody json() {
        return json;
    }
}
