package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.StoredMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a message that follows from another says of it, in the metadata keys of Eventide: causation from where the other
 * is; correlation, reply stream and properties as the other has them.
 */
final class Following {

    private static final List<String> COPIED = List.of("correlationStreamName", "replyStreamName", "properties");

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
}
