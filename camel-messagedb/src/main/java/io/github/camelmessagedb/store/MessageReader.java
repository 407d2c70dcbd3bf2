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
     * One step of reading a stream, a category or everything ({@link ReadQuery#ALL}): looks at a bounded number of messages
     * and answers those of them that the filter lets through, perhaps none though more will follow.
     * {@link Page#nextPosition()} moves on all the same.
     *
     * <p>What it answers fits into memory: no more than the batch size, and where messages are large no more than 4 MiB of
     * them, as they are stored (PostgreSQL compresses them), but always one. One round trip, and another where the first
     * message is large.
     */
    Page scan(ReadQuery query);

    /**
     * The same, of what comes after the query's position: the message at it is not among the messages, and its content is
     * not brought if it is large, but it is the {@link Page#first()} if it is there.
     */
    Page scanAfter(ReadQuery query);

    /**
     * Reads everything in order of global positions, as many messages as the batch size says, or all there are. Unlike in a
     * category, a message can still appear at a position that was passed: numbers are taken before transactions end, so 9
     * can be seen before 8 is. What has to miss nothing must not go on from {@link Page#nextPosition()} while others write.
     *
     * @param query of the name {@link ReadQuery#ALL}
     * @throws IllegalArgumentException if it has another name, or a condition
     */
    Page readAll(ReadQuery query);

    /**
     * Reads with a query of one's own.
     *
     * @param sql one statement, whose rows have at least Message DB's columns id, stream_name, type, position,
     *     global_position, data, metadata and time. {@code :stream_name}, {@code :position} and {@code :batch_size} in it
     *     stand for the name, the position and the batch size of the query. Message DB's schema is first in the search
     *     path. It must never be made from data
     * @param query what stands for the parameters; its filter is {@link Filter#NONE}
     * @return the rows in the order in which they came; the next position is after the last one, the stream's own if a
     *     stream is named, the global one if not
     * @throws IllegalArgumentException if the text has another parameter or several statements, or the query a filter
     * @throws MessageRejectedException if the server refuses it, or its rows lack a column
     */
    Page readSql(String sql, ReadQuery query);

    /** The last message of a stream, or its last one of a type. The name of a category is that very stream. */
    Optional<StoredMessage> readLastMessage(StreamName stream, @Nullable String type);

    /** The position of a stream's last message; empty for a stream without messages. */
    OptionalLong streamVersion(StreamName stream);

    /** The global position of the last message of a category, or of {@link ReadQuery#ALL}; empty where there is none. */
    OptionalLong lastPosition(StreamName category);

    /**
     * The lowest position of a category's or stream's messages, or of everything ({@link ReadQuery#ALL}), not written before
     * a time; empty where there is none.
     */
    OptionalLong firstPositionSince(StreamName name, Instant time);

    /**
     * The ids of all streams of a category, sorted by the code points of their characters. Snapshots of entities are in a
     * category of their own and not among them.
     *
     * @throws IllegalArgumentException if the name is a stream
     */
    List<String> streamIdentifiers(StreamName category);

    /** The id of the message at a global position, of whatever category; empty where there is none. */
    Optional<UUID> idAt(long globalPosition);

    /**
     * The last global position that the server has given to a message, which need not be there: its transaction may have
     * been rolled back, or not have ended yet. 0 where it has given none.
     */
    long lastNumber();

    /**
     * Who is writing now: one round trip. With it a reader of everything tells a message that can still appear from a number
     * that was rolled back: a number that is missing before a message that was read is decided once all have ended that
     * were writing after that read.
     *
     * @throws StoreUnavailableException also where this cannot be known, with the remedy: on a standby, and where sessions
     *     take numbers in advance (the sequence's CACHE)
     */
    OpenWriters openWriters();

    /** The version of Message DB that the server has, such as 1.3.0. */
    String storeVersion();

    /** Where the messages with these ids are; those that are not in the store are left out. */
    List<MessageLocation> locate(List<UUID> ids);
}
