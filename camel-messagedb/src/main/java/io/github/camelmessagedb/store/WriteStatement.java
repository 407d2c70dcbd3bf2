package io.github.camelmessagedb.store;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends messages to the server's {@code write_message}, in one round trip. */
final class WriteStatement {

    /** What {@link #isHeld} tells of. */
    static final long HELD = Long.MIN_VALUE;

    private final Jdbc.Session session;
    private final List<NewMessage> messages;
    private final @Nullable Long[] expectedVersions;

    private WriteStatement(Jdbc.Session session, List<NewMessage> messages, @Nullable Long[] expectedVersions) {
        this.session = session;
        this.messages = messages;
        this.expectedVersions = expectedVersions;
    }

    /** Writes all of the batch or nothing, and answers the positions in its order. */
    static List<Long> execute(Jdbc.Session session, Batch batch) throws SQLException {
        WriteStatement statement = new WriteStatement(session, batch.messages(), batch.expectedVersions());
        if (batch.messages().size() == 1) {
            // Faster than unnest.
            return statement.writeOne();
        }
        List<String> categories = batch.sortedCategories();
        // write_message takes the lock of a single category by itself.
        return statement.writeMany(SqlText.WRITE_MANY, categories.size() > 1 ? categories : List.of());
    }

    /**
     * Writes those of the messages whose streams have the versions that are expected, and answers for each its position or
     * what {@link #conflictingVersion} tells of. A message of which several versions of its stream are expected sees what those
     * before it made of it.
     *
     * @param writes of one category
     */
    static List<Long> executeEach(Jdbc.Session session, List<SharedWrite> writes) throws SQLException {
        WriteStatement statement = of(session, writes);
        // A version that is looked at before the lock is held may change until it is.
        List<String> locked = Arrays.stream(statement.expectedVersions).allMatch(Objects::isNull)
                ? List.of()
                : List.of(writes.get(0).category());
        return statement.writeMany(SqlText.WRITE_EACH, locked);
    }

    /**
     * The same for messages of several categories, where {@link #isHeld} tells of those that were not looked at, since somebody
     * else holds the lock of their category.
     */
    static List<Long> executeFree(Jdbc.Session session, List<SharedWrite> writes) throws SQLException {
        Map<String, Integer> categories = new LinkedHashMap<>();
        writes.forEach(write -> categories.putIfAbsent(write.category(), categories.size() + 1));
        WriteStatement statement = of(session, writes);
        try (RoundTrip roundTrip = RoundTrip.prepare(session, List.of(), SqlText.WRITE_FREE)) {
            roundTrip
                    .statement()
                    .setArray(1, session.array("varchar", categories.keySet().toArray(String[]::new)));
            statement.bindMessages(roundTrip.statement(), 2);
            Integer[] category = writes.stream()
                    .map(write -> categories.get(write.category()))
                    .toArray(Integer[]::new);
            roundTrip.statement().setArray(8, session.array("int4", category));
            return statement.positions(roundTrip);
        }
    }

    private static WriteStatement of(Jdbc.Session session, List<SharedWrite> writes) {
        return new WriteStatement(
                session, writes.stream().map(SharedWrite::message).toList(), expectedVersions(writes));
    }

    static boolean isHeld(long answer) {
        return answer == HELD;
    }

    static @Nullable Long[] expectedVersions(List<SharedWrite> writes) {
        return writes.stream().map(write -> write.expectedVersion().value()).toArray(Long[]::new);
    }

    /** What {@link #conflictingVersion} tells of. */
    static long conflict(long version) {
        return -2 - version;
    }

    /** The version of its stream that kept a message from being written, or nothing if it was written. */
    static OptionalLong conflictingVersion(long answer) {
        return answer >= 0 ? OptionalLong.empty() : OptionalLong.of(-2 - answer);
    }

    private List<Long> writeOne() throws SQLException {
        NewMessage message = messages.get(0);
        try (RoundTrip roundTrip = RoundTrip.prepare(session, List.of(), SqlText.WRITE_ONE)) {
            PreparedStatement statement = roundTrip.statement();
            statement.setString(1, message.id().toString());
            statement.setString(2, message.stream().value());
            statement.setString(3, message.type());
            statement.setString(4, message.data());
            statement.setString(5, message.metadata());
            statement.setObject(6, expectedVersions[0], Types.BIGINT);
            return positions(roundTrip);
        }
    }

    /** @param categories to be locked first, in this order */
    private List<Long> writeMany(String sql, List<String> categories) throws SQLException {
        List<String> first = categories.isEmpty() ? List.of() : List.of(SqlText.LOCK_CATEGORIES);
        try (RoundTrip roundTrip = RoundTrip.prepare(session, first, sql)) {
            PreparedStatement statement = roundTrip.statement();
            int i = 1;
            if (!categories.isEmpty()) {
                statement.setArray(i++, session.array("varchar", categories.toArray(String[]::new)));
            }
            bindMessages(statement, i);
            return positions(roundTrip);
        }
    }

    private void bindMessages(PreparedStatement statement, int first) throws SQLException {
        int i = first;
        statement.setArray(i++, column("varchar", message -> message.id().toString()));
        statement.setArray(i++, column("varchar", message -> message.stream().value()));
        statement.setArray(i++, column("varchar", NewMessage::type));
        statement.setArray(i++, column("text", NewMessage::data));
        statement.setArray(i++, column("text", NewMessage::metadata));
        statement.setArray(i, session.array("int8", expectedVersions));
    }

    private List<Long> positions(RoundTrip roundTrip) throws SQLException {
        List<Long> positions = new ArrayList<>(messages.size());
        try (ResultSet rows = roundTrip.execute()) {
            while (rows.next()) {
                long answer = rows.getLong(1);
                positions.add(rows.wasNull() ? HELD : answer);
            }
        }
        return positions;
    }

    private Array column(String type, Function<NewMessage, @Nullable String> value) throws SQLException {
        return session.array(type, messages.stream().map(value).toArray(String[]::new));
    }
}
