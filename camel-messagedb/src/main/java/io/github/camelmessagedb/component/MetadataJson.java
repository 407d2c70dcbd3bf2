package io.github.camelmessagedb.component;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Metadata between JSON text and maps, with Jackson's limits on depth and lengths. */
final class MetadataJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<String> PROPERTIES = Set.of("properties", "localProperties");

    private static final ObjectReader ANY = MAPPER.readerFor(Object.class);

    /** The value of a text that the store holds; the text itself where it is beyond the limits. */
    @Nullable
    Object value(String json) {
        try {
            return ANY.readValue(json);
        } catch (JsonProcessingException e) {
            return json;
        }
    }

    /**
     * The entries of metadata that somebody gave.
     *
     * @throws IllegalArgumentException if it is neither a map nor the JSON text of an object
     */
    static Map<String, Object> entries(Object value, String where) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, entry) -> entries.put(String.valueOf(name), entry));
            return entries;
        }
        if (value instanceof CharSequence text) {
            try {
                if (ANY.readValue(text.toString()) instanceof Map<?, ?> map) {
                    return entries(map, where);
                }
            } catch (JsonProcessingException e) {
                // Told below, without the content.
            }
        }
        throw new IllegalArgumentException("Bad metadata of type "
                + value.getClass().getName() + " in " + where + ": it must be a map, or the JSON text of an object");
    }

    /**
     * The JSON text of entries; null where there are none. Entries without a value are left out, as are properties that
     * are empty: Eventide writes none of them.
     */
    static @Nullable String text(Map<String, Object> entries) {
        Map<String, Object> present = new LinkedHashMap<>(entries);
        present.values().removeIf(value -> value == null);
        present.entrySet()
                .removeIf(entry -> PROPERTIES.contains(entry.getKey())
                        && entry.getValue() instanceof Map<?, ?> map
                        && map.isEmpty());
        try {
            return present.isEmpty() ? null : MAPPER.writeValueAsString(present);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The metadata with the entries " + present.keySet() + " cannot be turned into JSON", e);
        }
    }
}
