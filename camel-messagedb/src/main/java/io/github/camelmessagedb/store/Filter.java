package io.github.camelmessagedb.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader leaves out.
 *
 * @param group the member whose streams are read, or null for all; categories only
 * @param correlation the category of the messages' {@code correlationStreamName}, or null for all; categories only
 * @param types the types that are read; empty for all
 * @param condition an SQL condition on the columns of the table {@code messages}, or null. It is SQL: it must never be
 *     made from data. The server takes it only where its setting {@code message_store.sql_condition} is {@code on}
 */
public record Filter(
        @Nullable ConsumerGroup group,
        @Nullable String correlation,
        Set<String> types,
        @Nullable String condition) {

    /** Leaves nothing out. */
    public static final Filter NONE = new Filter(null, null, Set.of(), null);

    /** @throws IllegalArgumentException if the correlation is no category, or a type or the condition is empty */
    public Filter {
        if (correlation != null) {
            try {
                StreamName.category(correlation);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("Bad correlation '" + correlation + "': it must be a category", e);
            }
        }
        types = Set.copyOf(types);
        types.forEach(type -> Text.requireNotEmpty(type, "message type"));
        if (condition != null) {
            Text.requireNotEmpty(condition.strip(), "condition");
        }
    }

    /** The same filter for a member of a group. */
    public Filter withGroup(@Nullable ConsumerGroup newGroup) {
        return new Filter(newGroup, correlation, types, condition);
    }

    /** The same filter for a correlation. */
    public Filter withCorrelation(@Nullable String newCorrelation) {
        return new Filter(group, newCorrelation, types, condition);
    }

    /** The same filter for some types. */
    public Filter withTypes(Set<String> newTypes) {
        return new Filter(group, correlation, newTypes, condition);
    }

    /** The same filter with a condition. */
    public Filter withCondition(@Nullable String newCondition) {
        return new Filter(group, correlation, types, newCondition);
    }

    /**
     * Whether it lets a message through, as the server would see it.
     *
     * @throws IllegalStateException if it has a group or a condition, which are for the server
     */
    public boolean includes(StoredMessage message) {
        if (group != null || condition != null) {
            throw new IllegalStateException("A filter with a group or a condition is for the server");
        }
        return (types.isEmpty() || types.contains(message.type()))
                && (correlation == null || correlation.equals(correlationOf(message)));
    }

    private static @Nullable String correlationOf(StoredMessage message) {
        String metadata = message.metadata();
        String stream = metadata == null ? null : Json.entry(metadata, "correlationStreamName");
        return stream == null ? null : new StreamName(stream).category();
    }

    /** Whether nothing is left out. */
    public boolean isNone() {
        return group == null && correlation == null && types.isEmpty() && condition == null;
    }
}
