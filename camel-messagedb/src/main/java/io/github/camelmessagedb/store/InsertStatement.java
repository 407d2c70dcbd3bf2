package io.github.camelmessagedb.store;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as {@code write_message} would, past it, in one round trip. Whether it would is asked in the statement that
 * writes: if not, nothing is written.
 */
final class InsertStatement {

    private final Jdbc.Session session;
    private final List<NewMessage> messages;
    private final @Nullable Long[] expectedVersions;
    private final StreamVersions known;
    private final List<String> streams = new ArrayList<>();
    private final List<@Nullable Long> versionsOfStreams = new ArrayList<>();
    private final Map<String, Integer> categories = new LinkedHashMap<>();
    private final List<Integer> categoriesOfStreams = new ArrayList<>();
    private final Integer[] streamOf;
    private final Integer[] rankOf;
    private final List<Integer> lengths = new ArrayList<>();

    /** @param expectedVersions on the first message of a stream only */
    InsertStatement(
            Jdbc.Session session, List<NewMessage> messages, @Nullable Long[] expectedVersions, StreamVersions known) {
        this.session = session;
        this.known = known;
        this.messages = messages;
        this.expectedVersions = expectedVersions;
        this.streamOf = new Integer[messages.size()];
        this.rankOf = new Integer[messages.size()];
        rank();
    }

    private void rank() {
        Map<StreamName, Integer> indexes = new HashMap<>();
        for (int i = 0; i < streamOf.length; i++) {
            StreamName stream = messages.get(i).stream();
            Integer index = indexes.putIfAbsent(stream, streams.size());
            if (index == null) {
                index = streams.size();
                streams.add(stream.value());
                versionsOfStreams.add(expectedVersions[i]);
                categories.putIfAbsent(stream.category(), categories.size());
                categoriesOfStreams.add(categories.get(stream.category()));
                lengths.add(0);
            }
            streamOf[i] = index;
            rankOf[i] = lengths.set(index, lengths.get(index) + 1);
        }
    }

    /**
     * What came of it.
     *
     * @param stock whether {@code write_message} does the same; if not, nothing was written
     * @param positions as {@link WriteStatement#executeFree} answers; null if nothing was written
     */
    record Answer(boolean stock, @Nullable List<Long> positions) {}

    /**
     * Writes all of them, or nothing where one of the streams has another version than is expected of it.
     *
     * @param categories theirs, sorted
     */
    Answer writeAll(List<String> categories) throws SQLException {
        return write(InsertSql.LOCK_CATEGORIES, categories, InsertSql.INSERT_MANY, true);
    }

    /** Writes those of them whose streams have the version that is expected. */
    Answer writeEach(String category) throws SQLException {
        return write(InsertSql.LOCK_CATEGORIES, List.of(category), InsertSql.INSERT_MANY, false);
    }

    /** The same for those of several categories whose locks can be had at once. */
    Answer writeFree() throws SQLException {
        return write(InsertSql.LOCK_FREE, categories.keySet(), InsertSql.INSERT_FREE, false);
    }

    private Answer write(String lock, Collection<String> locked, String insert, boolean allOrNothing)
            throws SQLException {
        try (RoundTrip roundTrip = RoundTrip.prepare(session, List.of(lock), insert)) {
            PreparedStatement statement = roundTrip.statement();
            int i = 1;
            statement.setArray(i++, session.array("varchar", locked.toArray(String[]::new)));
            statement.setArray(i++, session.array("text", streams.toArray(String[]::new)));
            statement.setArray(i++, session.array("int8", known.of(streams).toArray(Long[]::new)));
            statement.setArray(i++, session.array("int8", versionsOfStreams.toArray(Long[]::new)));
            statement.setArray(i++, session.array("int4", categoriesOfStreams.toArray(Integer[]::new)));
            statement.setArray(i++, column("uuid", UUID[]::new, NewMessage::id));
            statement.setArray(
                    i++,
                    column("text", String[]::new, message -> message.stream().value()));
            statement.setArray(i++, session.array("int4", streamOf));
            statement.setArray(i++, session.array("int4", rankOf));
            statement.setArray(i++, column("text", String[]::new, NewMessage::type));
            statement.setArray(i++, column("text", String[]::new, NewMessage::data));
            statement.setArray(i++, column("text", String[]::new, NewMessage::metadata));
            statement.setBoolean(i, allOrNothing);
            return answer(roundTrip, allOrNothing);
        }
    }

    private Answer answer(RoundTrip roundTrip, boolean allOrNothing) throws SQLException {
        @Nullable Long[] versions = new Long[streams.size()];
        boolean[] wrong = new boolean[streams.size()];
        try (ResultSet rows = roundTrip.execute()) {
            for (int stream = 0; stream < versions.length; stream++) {
                if (!rows.next()) {
                    return new Answer(false, null);
                }
                versions[stream] = rows.getObject(1, Long.class);
                wrong[stream] = rows.getBoolean(2);
                if (wrong[stream] && allOrNothing) {
                    return new Answer(true, null);
                }
            }
        }
        learn(versions, wrong);
        return new Answer(true, positions(versions, wrong));
    }

    private void learn(@Nullable Long[] before, boolean[] wrong) {
        @Nullable Long[] after = new Long[before.length];
        for (int stream = 0; stream < after.length; stream++) {
            Long version = before[stream];
            int refused = wrong[stream] ? 1 : 0;
            after[stream] = version == null ? null : version + lengths.get(stream) - refused;
        }
        known.learn(streams, after);
    }

    private List<Long> positions(@Nullable Long[] versions, boolean[] wrong) {
        List<Long> positions = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            Long version = versions[streamOf[i]];
            long rank = rankOf[i];
            if (version == null) {
                positions.add(WriteStatement.HELD);
            } else if (!wrong[streamOf[i]]) {
                positions.add(version + 1 + rank);
            } else if (rank > 0) {
                positions.add(version + rank);
            } else {
                positions.add(WriteStatement.conflict(version));
            }
        }
        return positions;
    }

    /** Why {@code write_message} may do something else in this session; null where it would not. */
    static @Nullable String whyNot(Jdbc.Session session) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(InsertSql.WHY_NOT_INSERT);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private <T> Array column(String type, IntFunction<@Nullable T[]> made, Function<NewMessage, @Nullable T> value)
            throws SQLException {
        return session.array(type, messages.stream().map(value).toArray(made));
    }
}
