package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.StoredMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message that follows from another says of it, in the metadata keys of Eventide: causation from where the other
 * is; correlation, reply stream and properties as the other has them.
 */
final class Following {

    private static final String PROPERTIES = "properties";
    private static final List<String> COPIED = List.of("correlationStreamName", "replyStreamName", PROPERTIES);

    private Following() {}

    static Map<String, Object> metadata(StoredMessage preceding) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("causationMessageStreamName", preceding.stream().value());
        metadata.put("causationMessagePosition", preceding.position());
        metadata.put("causationMessageGlobalPosition", preceding.globalPosition());
        Object others = preceding.metadata() == null ? null : new MetadataJson().value(preceding.metadata());
        if (others instanceof Map<?, ?> entries) {
            for (String key : COPIED) {
                Object value = entries.get(key);
                if (value != null && !(value instanceof Map<?, ?> map && map.isEmpty())) {
                    metadata.put(key, value);
                }
            }
        }
        return metadata;
    }

    /**
     * Lays what is given over what follows: each entry goes before its like, and of the properties each property. What
     * is given as null takes it away.
     */
    static void overlay(Map<String, Object> metadata, Map<String, Object> given) {
        given.forEach((name, value) ->
                metadata.put(name, name.equals(PROPERTIES) ? properties(metadata.get(name), value) : value));
    }

    private static @Nullable Object properties(@Nullable Object followed, @Nullable Object given) {
        if (followed instanceof Map<?, ?> before && given instanceof Map<?, ?> over) {
            Map<Object, Object> merged = new LinkedHashMap<>(before);
            merged.putAll(over);
            merged.values().removeIf(value -> value == null);
            return merged;
        }
        return given;
    }
}
