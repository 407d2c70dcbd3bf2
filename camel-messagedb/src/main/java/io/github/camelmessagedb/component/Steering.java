package io.github.camelmessagedb.component;

import static io.github.camelmessagedb.component.MessageDbConstants.*;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.StreamName;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What headers tell a producer to do; each is read when it is asked for, and told off by its name when it is bad. */
record Steering(HeaderValues headers) {

    MessageDbOperation operation(MessageDbOperation fallback) {
        Object value = headers.any(OPERATION);
        if (value == null) {
            return fallback;
        }
        return value instanceof MessageDbOperation operation
                ? operation
                : MessageDbOperation.of(value.toString(), "header " + OPERATION);
    }

    @Nullable
    StreamName stream() {
        String name = headers.text(OVERRIDE_STREAM_NAME);
        try {
            return name == null ? null : StreamName.of(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (header " + OVERRIDE_STREAM_NAME + ")", e);
        }
    }

    @Nullable
    String type() {
        String type = headers.text(OVERRIDE_MESSAGE_TYPE);
        if (type != null && type.isEmpty()) {
            throw HeaderValues.bad(OVERRIDE_MESSAGE_TYPE, type, "a type such as Deposited");
        }
        return type;
    }

    @Nullable
    UUID id() {
        return headers.uuid(OVERRIDE_MESSAGE_ID);
    }

    /** An empty map where there is none. */
    Map<String, Object> metadata() {
        Object value = headers.any(OVERRIDE_METADATA);
        return value == null ? Map.of() : MetadataJson.entries(value, "header " + OVERRIDE_METADATA);
    }

    @Nullable
    ExpectedVersion expectedVersion() {
        Long version = headers.number(EXPECTED_VERSION);
        try {
            return version == null ? null : ExpectedVersion.of(version);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (header " + EXPECTED_VERSION + ")", e);
        }
    }

    @Nullable
    Long readPosition() {
        return headers.number(READ_POSITION);
    }
}
