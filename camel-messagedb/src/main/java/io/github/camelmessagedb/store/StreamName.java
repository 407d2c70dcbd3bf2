package io.github.camelmessagedb.store;

import java.util.Optional;

/**
 * The name of a stream or of a category: {@code category[:type[+type]]-cardinalId[+id...]}. The first {@code -} splits
 * the category from the id; a name without one is a category. Equal names are the same stream: nothing is folded or
 * trimmed.
 *
 * @param value the name as Message DB holds it
 */
public record StreamName(String value) {

    /** Between category and id. */
    private static final char ID_SEPARATOR = '-';

    /** Between the parts of a compound id. */
    private static final char COMPOUND_SEPARATOR = '+';

    /**
     * Takes any name that a server can hold, odd ones that other programs wrote included.
     *
     * @throws IllegalArgumentException if the name has a NUL character or half of a surrogate pair, which PostgreSQL
     *     cannot store
     */
    public StreamName {
        Text.requireStorable(value, "stream name");
    }

    /**
     * A name to write to or to ask for.
     *
     * @throws IllegalArgumentException if the name or its category is empty, or as for the constructor
     */
    public static StreamName of(String name) {
        StreamName streamName = new StreamName(name);
        if (streamName.category().isEmpty()) {
            throw new IllegalArgumentException(
                    "Bad stream name '" + name + "': it has no category. Write category-id, or category alone");
        }
        return streamName;
    }

    /**
     * The name of a category.
     *
     * @throws IllegalArgumentException if the name has an id, or as for {@link #of}
     */
    public static StreamName category(String name) {
        StreamName streamName = of(name);
        if (!streamName.isCategory()) {
            throw new IllegalArgumentException("Bad category '" + name
                    + "': it is the name of a stream. Its category is '" + streamName.category() + "'");
        }
        return streamName;
    }

    /** What comes before the first {@code -}: the whole name where there is none. */
    public String category() {
        int separator = value.indexOf(ID_SEPARATOR);
        return separator < 0 ? value : value.substring(0, separator);
    }

    /** What comes after the first {@code -}; nothing for a category. */
    public Optional<String> id() {
        int separator = value.indexOf(ID_SEPARATOR);
        return separator < 0 ? Optional.empty() : Optional.of(value.substring(separator + 1));
    }

    /** The id up to its first {@code +}: what decides which member of a consumer group reads the stream. */
    public Optional<String> cardinalId() {
        return id().map(id -> {
            int separator = id.indexOf(COMPOUND_SEPARATOR);
            return separator < 0 ? id : id.substring(0, separator);
        });
    }

    /** Whether the name has no id. */
    public boolean isCategory() {
        return value.indexOf(ID_SEPARATOR) < 0;
    }

    @Override
    public String toString() {
        return value;
    }
}
