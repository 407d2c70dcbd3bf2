package io.github.camelmessagedb.store;

/**
 * What to read of a stream, of a category or of everything.
 *
 * @param name the stream or the category, or {@link #ALL}
 * @param position where to begin, inclusive: a position of the stream, or a global position for a category and for everything
 * @param batchSize how many messages at the most, or {@link #UNLIMITED}
 * @param filter what to leave out
 */
public record ReadQuery(StreamName name, long position, int batchSize, Filter filter) {

    /** What stands for everything in the store where a stream or category is named. */
    public static final StreamName ALL = StreamName.of("$all");

    /** No limit on the number of messages: all of them must fit into memory. */
    public static final int UNLIMITED = -1;

    /** How many messages are read where nothing is said. */
    public static final int DEFAULT_BATCH_SIZE = 1000;

    /** @throws IllegalArgumentException if the batch size is neither positive nor -1 */
    public ReadQuery {
        if (batchSize < 1 && batchSize != UNLIMITED) {
            throw new IllegalArgumentException(
                    "Bad batch size " + batchSize + ": it must be at least 1, or -1 for no limit");
        }
        StreamName.of(name.value());
    }

    /** All of a stream or category from its beginning, up to 1,000 messages. */
    public static ReadQuery of(String name) {
        return new ReadQuery(StreamName.of(name), 0, DEFAULT_BATCH_SIZE, Filter.NONE);
    }

    /** The same from another position. */
    public ReadQuery withPosition(long newPosition) {
        return new ReadQuery(name, newPosition, batchSize, filter);
    }

    /** The same with another batch size. */
    public ReadQuery withBatchSize(int newBatchSize) {
        return new ReadQuery(name, position, newBatchSize, filter);
    }

    /** The same with another filter. */
    public ReadQuery withFilter(Filter newFilter) {
        return new ReadQuery(name, position, batchSize, newFilter);
    }
}
