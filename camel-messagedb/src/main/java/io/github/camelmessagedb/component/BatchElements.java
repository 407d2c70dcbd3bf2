package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The elements of a list body, each of which becomes a message. Errors name the element's index. */
final class BatchElements {

    private static final Set<String> MAP_KEYS = Set.of("type", "data", "metadata", "id");

    private final WriteRequests requests;
    private final Exchange exchange;
    private final Steering steering;
    private final Optional<String> idName;

    private final List<NewMessage> messages = new ArrayList<>();
    private final List<Message> parts = new ArrayList<>();
    private final Set<StreamName> streams = new HashSet<>();
    private final Map<StreamName, ExpectedVersion> expectedVersions = new HashMap<>();

    /**
     * @param exchange the one whose body the list is
     * @param steering what its headers say
     * @param idName the name from which the ids are made, with the indexes
     */
    BatchElements(WriteRequests requests, Exchange exchange, Steering steering, Optional<String> idName) {
        this.requests = requests;
        this.exchange = exchange;
        this.steering = steering;
        this.idName = idName;
    }

    void add(@Nullable Object element) {
        try {
            NewMessage message = WriteRequests.requireWritable(message(element));
            messages.add(message);
            streams.add(message.stream());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Element " + messages.size() + " of the batch: " + e.getMessage(), e);
        }
    }

    private NewMessage message(@Nullable Object element) {
        if (element instanceof NewMessage message) {
            return message;
        }
        if (element instanceof Exchange part) {
            return ofMessage(part.getMessage(), part);
        }
        if (element instanceof Message part) {
            return ofMessage(part, part.getExchange() == null ? exchange : part.getExchange());
        }
        if (element instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        return new NewMessage(
                requests.stream(steering),
                nextId(),
                requests.type(steering),
                requests.json().text(element, "element"),
                MetadataJson.text(commonMetadata()));
    }

    private NewMessage ofMessage(Message part, Exchange partExchange) {
        parts.add(part);
        Steering own = requests.mapper().steering(part);
        StreamName ownStream = own.stream();
        StreamName stream = ownStream == null ? requests.stream(steering) : ownStream;
        expect(own.expectedVersion(), stream);
        Map<String, Object> metadata = new LinkedHashMap<>(requests.metadata(part, partExchange));
        Following.overlay(metadata, steering.metadata());
        Following.overlay(metadata, own.metadata());
        String ownType = own.type();
        return new NewMessage(
                stream,
                Optional.ofNullable(own.id()).orElseGet(this::nextId),
                ownType == null ? requests.type(steering) : ownType,
                requests.json().text(part.getBody(), "body"),
                MetadataJson.text(metadata));
    }

    private void expect(@Nullable ExpectedVersion version, StreamName stream) {
        if (version == null || version.isAny()) {
            return;
        }
        if (streams.contains(stream)) {
            throw new IllegalArgumentException("An expected version belongs to the first element of its stream, and the"
                    + " batch has one for '" + stream + "' before this");
        }
        expectedVersions.put(stream, version);
    }

    private NewMessage ofMap(Map<?, ?> map) {
        List<String> keys = map.keySet().stream().map(String::valueOf).sorted().toList();
        if (!MAP_KEYS.containsAll(keys) || !keys.contains("data")) {
            throw new IllegalArgumentException(
                    "A map in a batch has the key data and may have type, metadata and id, but this one has " + keys
                            + ". To write the map itself, wrap it: {data: ...}");
        }
        Map<String, Object> metadata = commonMetadata();
        if (map.get("metadata") != null) {
            Following.overlay(metadata, MetadataJson.entries(map.get("metadata"), "the key metadata"));
        }
        return new NewMessage(
                requests.stream(steering),
                id(map.get("id")),
                map.get("type") == null
                        ? requests.type(steering)
                        : map.get("type").toString(),
                requests.json().text(map.get("data"), "data"),
                MetadataJson.text(metadata));
    }

    private UUID id(@Nullable Object id) {
        if (id == null) {
            return nextId();
        }
        return id instanceof UUID uuid ? uuid : HeaderValues.uuid(id.toString(), "the key id");
    }

    private Map<String, Object> commonMetadata() {
        return new LinkedHashMap<>(requests.metadata(exchange.getMessage(), exchange));
    }

    private UUID nextId() {
        return idName.map(name -> MessageIds.of(name, messages.size())).orElseGet(UUID::randomUUID);
    }

    /** @param ofWhole what the exchange or the endpoint expects, of one stream alone */
    WriteRequest request(ExpectedVersion ofWhole) {
        if (!ofWhole.isAny() && !messages.isEmpty()) {
            if (streams.size() > 1) {
                throw new IllegalArgumentException("The expected version " + ofWhole
                        + " is for one stream, but the batch writes to " + streams.size()
                        + ": give it to the first element of its stream, as the header "
                        + MessageDbConstants.EXPECTED_VERSION);
            }
            ExpectedVersion ofElement = expectedVersions.put(streams.iterator().next(), ofWhole);
            if (ofElement != null && !ofElement.equals(ofWhole)) {
                throw new IllegalArgumentException("The batch expects version " + ofWhole + ", but its first element "
                        + ofElement + ": give one of them");
            }
        }
        return new WriteRequest(messages, expectedVersions, true, parts);
    }
}
