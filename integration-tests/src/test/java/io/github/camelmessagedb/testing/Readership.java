package io.github.camelmessagedb.testing;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StreamName;
import java.util.function.Predicate;

/**
 * What one consumer reads, and where the global position is stored that it has come to.
 *
 * @param positionStream holds the position, as its last message
 * @param reads the streams that it reads
 */
public record Readership(String positionStream, Predicate<StreamName> reads) {

    /** A category, by a consumer without a group. */
    public static Readership category(String category) {
        return new Readership(
                category + ":position", stream -> stream.category().equals(category));
    }

    /** What a member of a group reads of a category. */
    public static Readership member(String category, int number, int size) {
        ConsumerGroup member = new ConsumerGroup(number, size);
        return new Readership(
                category + ":position-default+" + number + "-" + size,
                stream -> stream.category().equals(category) && member.reads(stream));
    }

    /** Everything but positions. */
    public static Readership everything(String consumerId) {
        return new Readership("all:position-" + consumerId, stream -> true);
    }
}
