package io.github.camelmessagedb.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages. All methods throw {@link StoreUnavailableException} where the store cannot be reached and
 * {@link MessageRejectedException} where it refuses the query, such as an SQL condition that it is not set to take.
 */
public interface MessageReader {

    /**
     * Reads a stream in order of its positions.
     *
     * @throws IllegalArgumentException if the name is a category, or the filter has a group or a correlation
     */
    Page readStream(ReadQuery query);

    /**
     * Reads a category in order of global positions: as many messages as the batch size says, or all there are. A long
     * stretch that the filter leaves out takes several round trips.
     *
     * @throws IllegalArgumentException if the name is a stream
     */
    Page readCategory(ReadQuery query);

    /**
     * One step of reading a category, one round trip: looks at a bounded number of messages and answers those of them
     * that the filter lets through, perhaps none though more will follow. {@link Page#nextPosition()} moves on all the
     * same.
     *
     * @throws IllegalArgumentException if the name is a stream
     */
    Page scanCategory(ReadQuery query);

    /** The last message of a stream, or its last one of a type. The name of a category is that very stream. */
    Optional<StoredMessage> readLastMessage(StreamName stream, @Nullable String type);

    /** The position of a stream's last message; empty for a stream without messages. */
    OptionalLong streamVersion(StreamName stream);

    /** The global position of a category's last message; empty for a category without messages. */
    OptionalLong lastPosition(StreamName category);

    /** The lowest position of a category's or stream's messages not written before a time; empty where there is none. */
    OptionalLong firstPositionSince(StreamName name, Instant time);

    /** Where the messages with these ids are; those that are not in the store are left out. */
    List<MessageLocation> locate(List<UUID> ids);
}
