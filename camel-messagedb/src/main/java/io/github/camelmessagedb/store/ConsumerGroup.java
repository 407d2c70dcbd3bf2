package io.github.camelmessagedb.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One member of a consumer group: it reads the streams whose cardinal id hashes to it, each stream as a whole. Streams
 * without an id belong to member 0.
 *
 * @param member from 0 to size - 1
 * @param size how many members the group has, 1 to 32767 (the server takes the size as a smallint)
 */
public record ConsumerGroup(int member, int size) {

    /** The largest group that the server's own functions take. */
    public static final int MAX_SIZE = Short.MAX_VALUE;

    /** @throws IllegalArgumentException if the numbers are out of their ranges */
    public ConsumerGroup {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "Bad consumer group size " + size + ": it must be from 1 to " + MAX_SIZE);
        }
        if (member < 0 || member >= size) {
            throw new IllegalArgumentException(
                    "Bad consumer group member " + member + ": it must be from 0 to size - 1, which is " + (size - 1));
        }
    }

    /**
     * A group from two settings, both given or neither.
     *
     * @throws IllegalArgumentException if only one is given, or as for the constructor
     */
    public static Optional<ConsumerGroup> of(@Nullable Integer member, @Nullable Integer size) {
        if (member == null && size == null) {
            return Optional.empty();
        }
        if (member == null || size == null) {
            throw new IllegalArgumentException(
                    member == null
                            ? "The consumer group size " + size
                                    + " is given without a member: they must be given together, such"
                                    + " as member 0 and size " + size + ", or neither"
                            : "The consumer group member " + member + " is given without the group's size: they must be"
                                    + " given together, such as member " + member + " and size "
                                    + (Math.max(member, 0) + 1) + ", or neither");
        }
        return Optional.of(new ConsumerGroup(member, size));
    }

    /** Whether this member reads the stream. */
    public boolean reads(StreamName stream) {
        return memberOf(stream, size) == member;
    }

    /**
     * The member of a group of this size that reads the stream: {@code abs(hash_64(cardinal_id)) mod size}, as the server
     * has it, and 0 for a stream without an id, which the server gives to nobody.
     */
    public static int memberOf(StreamName stream, int size) {
        // The remainder first: it has an absolute value for Long.MIN_VALUE too, and is the same for all others.
        return stream.cardinalId()
                .map(cardinalId -> (int) Math.abs(Hash64.of(cardinalId) % size))
                .orElse(0);
    }
}
