package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random batches, past {@code write_message} in one database, and by its calls, one by one, in another. */
class FastWritesEqualIT {

    private static final int BATCHES = 250;

    static final List<String> STREAMS = List.of(
            "a-1", "a-2", "a", "a:command-1", "b-1", "b-1+2", "ü$%-ñ 😀", "ü$%-ñ 😁", "a-", "c-x-y", "A-1", "z\\\"'-1");

    private static final List<String> DATA = List.of(
            "{\"a\": 1}",
            "[]",
            "5",
            "\"\"",
            "null",
            "{\"a\": \"\\\\ \\\" ü 😀\"}",
            "{\"b\":1,\"a\":2,\"b\":3}",
            "1e3",
            "{}");

    private static final List<String> REFUSED = List.of("\"\\u0000\"", "\"\\ud800\"", "1e140000");

    @RegisterExtension
    final TestDatabase fast = TestDatabase.extension();

    @RegisterExtension
    final TestDatabase called = TestDatabase.extension();

    private final FastWrites fastWrites = FastWrites.on(2, Duration.ofDays(1), status -> {});

    private final Map<StreamName, Long> versions = new HashMap<>();
    private DataSource fastPool;
    private DataSource calledPool;

    @BeforeEach
    void open() {
        fastPool = fast.pool(1);
        calledPool = called.pool(1);
    }

    /** A row's answer, or the SQLSTATE of what ended all. */
    private record Outcome(List<Long> answers, @Nullable String state) {}

    /** What is written in one of the databases. */
    @FunctionalInterface
    private interface Writing {
        List<Long> by(Connection connection) throws SQLException;
    }

    @Test
    void batches_have_the_rows_and_the_outcomes_of_calls_one_by_one() throws Exception {
        Set<String> states = compare((random, present) -> {
            List<NewMessage> messages = messages(random, STREAMS, present);
            Map<StreamName, ExpectedVersion> expected = new HashMap<>();
            messages.forEach(message -> {
                if (random.nextInt(6) == 0) {
                    expected.put(message.stream(), ExpectedVersion.of(guess(random, message)));
                }
            });
            Batch batch = Batch.of(messages, expected);
            return compared(
                    connection -> refusedOrNot(
                            session -> fastWrites.execute(session, batch),
                            session -> WriteStatement.execute(session, batch),
                            connection),
                    connection -> callOneByOne(connection, messages, batch.expectedVersions(), true),
                    messages,
                    present);
        });

        assertThat(states).contains("none", "P0001", "23505", "22P05");
    }

    @Test
    void what_shares_a_transaction_has_the_rows_and_the_outcomes_of_calls_one_by_one() throws Exception {
        shared(List.of("a-1", "a-2", "a", "a-1+2", "a-😀"), fastWrites::executeEach, WriteStatement::executeEach);
    }

    @Test
    void so_does_what_shares_one_and_is_of_several_categories() throws Exception {
        shared(STREAMS, fastWrites::executeFree, WriteStatement::executeFree);
    }

    /** Writes what came together. */
    @FunctionalInterface
    private interface SharedWriting {
        List<Long> by(Jdbc.Session session, List<SharedWrite> writes) throws SQLException;
    }

    private void shared(List<String> streams, SharedWriting inserting, SharedWriting calling) throws SQLException {
        Set<String> states = compare((random, present) -> {
            List<NewMessage> messages = messages(random, streams, present);
            boolean firstOnly = random.nextInt(4) > 0;
            Set<StreamName> seen = new HashSet<>();
            List<SharedWrite> writes = messages.stream()
                    .map(message -> new SharedWrite(
                            message,
                            random.nextInt(4) == 0 && (seen.add(message.stream()) || !firstOnly)
                                    ? ExpectedVersion.of(guess(random, message))
                                    : ExpectedVersion.ANY,
                            there -> {}))
                    .toList();
            return compared(
                    connection -> refusedOrNot(
                            session -> inserting.by(session, writes),
                            session -> calling.by(session, writes),
                            connection),
                    connection -> callOneByOne(connection, messages, WriteStatement.expectedVersions(writes), false),
                    messages,
                    present);
        });

        assertThat(states).contains("none", "23505", "22P05");
    }

    /** One batch, to be made and written in both databases. */
    @FunctionalInterface
    private interface Trial {
        String run(Random random, List<NewMessage> present) throws SQLException;
    }

    /** Answers what came of the batches. */
    private Set<String> compare(Trial trial) throws SQLException {
        Random random = new Random(20);
        List<NewMessage> present = new ArrayList<>();
        Set<String> states = new HashSet<>();
        for (int i = 0; i < BATCHES; i++) {
            states.add(trial.run(random, present));
            if (random.nextInt(5) == 0) {
                others(random);
            }
        }
        assertThat(rows(fast)).hasSizeGreaterThan(BATCHES).isEqualTo(rows(called));
        assertThat(fastWrites.status()).isEqualTo(FastWritesStatus.IN_USE);
        assertThat(fast.number("SELECT count(*) FROM (SELECT FROM message_store.messages GROUP BY xmin::text"
                        + " HAVING min(time) <> max(time)) AS torn"))
                .as("transactions with two times")
                .isZero();
        return states;
    }

    /** Somebody else writes to a stream, or deletes its end or all of it: what is known of its version is wrong then. */
    private void others(Random random) {
        String stream = oneOf(random, STREAMS);
        long first = random.nextInt(20);
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        boolean writes = random.nextBoolean();
        for (TestDatabase database : List.of(fast, called)) {
            if (writes) {
                database.query(
                        "INSERT INTO message_store.messages (id, stream_name, position, type, data)"
                                + " SELECT ?::uuid, ?, coalesce(max(position), -1) + 1, 'Other', '1'"
                                + " FROM message_store.messages WHERE stream_name = ? RETURNING position",
                        id,
                        stream,
                        stream);
            } else {
                database.query(
                        "DELETE FROM message_store.messages WHERE stream_name = ? AND position >= ? RETURNING position",
                        stream,
                        first);
            }
        }
    }

    private String compared(Writing first, Writing second, List<NewMessage> messages, List<NewMessage> present)
            throws SQLException {
        Outcome outcome = outcome(fastPool, first);
        assertThat(outcome).isEqualTo(outcome(calledPool, second));
        for (int i = 0; i < outcome.answers().size(); i++) {
            if (outcome.answers().get(i) >= 0) {
                present.add(messages.get(i));
                versions.put(messages.get(i).stream(), outcome.answers().get(i));
            }
        }
        return String.valueOf(outcome.state() == null ? "none" : outcome.state());
    }

    /** As the writers do it. */
    private static List<Long> refusedOrNot(
            Jdbc.Work<List<Long>> inserting, Jdbc.Work<List<Long>> calling, Connection connection) throws SQLException {
        Jdbc.Session session = new Jdbc.Session(connection, false, false);
        try {
            return inserting.with(session);
        } catch (FastWrites.Refused e) {
            return calling.with(session);
        }
    }

    private static Outcome outcome(DataSource pool, Writing writing) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return new Outcome(writing.by(connection), null);
        } catch (SQLException e) {
            return new Outcome(List.of(), e.getSQLState());
        }
    }

    private static List<NewMessage> messages(Random random, List<String> streams, List<NewMessage> present) {
        int most = 1 + random.nextInt(streams.size());
        List<NewMessage> messages = new ArrayList<>();
        for (int n = 2 + random.nextInt(12); n > 0; n--) {
            String data = random.nextInt(100) == 0 ? oneOf(random, REFUSED) : oneOf(random, DATA);
            NewMessage message = new NewMessage(
                    StreamName.of(streams.get(random.nextInt(most))),
                    new UUID(random.nextLong(), random.nextLong()),
                    oneOf(random, List.of("Opened", "Ü 'x'\\", "T")),
                    data,
                    oneOf(random, List.of("{\"correlationStreamName\": \"x-1\"}", "{}", ""))
                            .transform(text -> text.isEmpty() ? null : text));
            messages.add(message);
        }
        if (!present.isEmpty() && random.nextInt(12) == 0) {
            int index = random.nextInt(messages.size());
            messages.set(
                    index, messages.get(index).withId(oneOf(random, present).id()));
        }
        return messages;
    }

    private static <T> T oneOf(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Right more often than not. */
    private long guess(Random random, NewMessage message) {
        long version = versions.getOrDefault(message.stream(), -1L);
        return Math.max(-1, random.nextInt(4) == 0 ? version + random.nextInt(3) - 1 : version);
    }

    private static List<Long> callOneByOne(
            Connection connection, List<NewMessage> messages, @Nullable Long[] expected, boolean failing)
            throws SQLException {
        connection.setAutoCommit(false);
        List<Long> answers = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            long version = number(
                    connection,
                    "SELECT coalesce(message_store.stream_version(?), -1)",
                    messages.get(i).stream().value());
            Long of = expected[i];
            answers.add(
                    !failing && of != null && of != version
                            ? Long.valueOf(-2 - version)
                            : Long.valueOf(call(connection, messages.get(i), of)));
        }
        connection.commit();
        return answers;
    }

    private static long call(Connection connection, NewMessage message, @Nullable Long expected) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(
                "SELECT message_store.write_message(?::varchar, ?::varchar, ?::varchar, ?::jsonb, ?::jsonb, ?::bigint)")) {
            call.setString(1, message.id().toString());
            call.setString(2, message.stream().value());
            call.setString(3, message.type());
            call.setString(4, message.data());
            call.setString(5, message.metadata());
            call.setObject(6, expected, Types.BIGINT);
            return number(call);
        }
    }

    private static long number(Connection connection, String sql, String argument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, argument);
            return number(statement);
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** In order of writing. */
    private static List<List<@Nullable String>> rows(TestDatabase database) {
        return database.query("SELECT id, stream_name, position, type, data::text, metadata::text"
                + " FROM message_store.messages ORDER BY global_position");
    }
}
