package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.embedded.StopMode;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoreUnavailableException;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.subscription.Source.Reading;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Writer;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reading everything, one thing at a time: who writes, who ends, what is read. All as the role message_store. */
class AllSourceIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private Source source;
    private RecordedPosition last = new RecordedPosition(0, null);

    @BeforeEach
    void open() {
        source = source(database.dataSource());
    }

    private static Source source(DataSource dataSource) {
        return new AllSource(new MessageStore(dataSource).reader(), ReadQuery.of("$all"));
    }

    private Writer writer() throws SQLException {
        return new Writer(database.dataSource());
    }

    private List<Long> read() {
        Reading reading = source.read(last);
        last = reading.last();
        return reading.messages().stream().map(StoredMessage::globalPosition).toList();
    }

    private static Long[] numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toArray(Long[]::new);
    }

    @Test
    void waits_as_long_as_an_open_transaction_and_no_longer() throws Exception {
        try (Writer slow = writer();
                Writer fast = writer()) {
            slow.write("slow-1", "1").write("slow-1", "2");
            fast.write("fast-1", "1").commit();
            assertThat(read()).isEmpty();
            assertThat(read()).isEmpty();
            fast.write("fast-1", "2").commit();
            assertThat(read()).isEmpty();

            slow.commit();

            assertThat(read()).containsExactly(numbers(1, 4));
        }
    }

    @Test
    void passes_what_was_rolled_back_though_the_session_writes_on() throws Exception {
        try (Writer slow = writer();
                Writer fast = writer()) {
            slow.insert("slow-1", "1");
            fast.write("fast-1", "1").commit();
            assertThat(read()).isEmpty();

            slow.rollBack();
            slow.insert("slow-1", "2");

            assertThat(read()).containsExactly(2L);
        }
    }

    @Test
    void sees_the_transactions_of_other_roles() throws Exception {
        try (Writer owner = new Writer(database.ownerDataSource());
                Writer fast = writer()) {
            owner.insert("owner-1", "1");
            fast.write("fast-1", "1").commit();
            assertThat(read()).isEmpty();

            owner.commit();

            assertThat(read()).containsExactly(1L, 2L);
        }
    }

    @Test
    void does_not_wait_for_a_foreign_advisory_lock() throws Exception {
        try (Writer foreign = writer();
                Writer fast = writer()) {
            foreign.execute("SELECT pg_advisory_lock(4711)");
            foreign.commit();
            fast.write("fast-1", "1").rollBack();
            fast.write("fast-1", "1").commit();

            assertThat(read()).containsExactly(2L);
        }
    }

    /** The schedule that makes each of the wrong ways miss the first message, which the right one brings. */
    @Test
    void where_the_number_alone_is_followed_a_message_is_missed() throws Exception {
        assertThat(missedBy(NaiveSources.BY_NUMBER)).containsExactly(1L);
    }

    @Test
    void where_advisory_locks_are_waited_for_a_direct_insert_is_missed() throws Exception {
        assertThat(missedBy(NaiveSources.BY_ADVISORY_LOCKS)).containsExactly(1L);
    }

    private List<Long> missedBy(NaiveSources naive) throws SQLException {
        try (Writer slow = writer();
                Writer fast = writer()) {
            slow.insert("slow-1", "1");
            fast.insert("fast-1", "1").commit();
            List<Long> first = naive.readAfter(database.dataSource(), 0);
            assertThat(read()).isEmpty();
            slow.commit();
            return missed(naive, first);
        }
    }

    private List<Long> missed(NaiveSources naive, List<Long> first) throws SQLException {
        long at = first.get(first.size() - 1);
        List<Long> then = naive.readAfter(database.dataSource(), at);
        return read().stream()
                .filter(number -> !first.contains(number) && !then.contains(number))
                .toList();
    }

    /** The INSERT has its number, and no id yet: a trigger on the table keeps it there. */
    @Test
    void where_the_oldest_transaction_is_waited_for_a_message_is_missed() throws Exception {
        database.execute("CREATE FUNCTION message_store.wait_a_moment() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END $$;"
                + " CREATE TRIGGER wait BEFORE INSERT ON message_store.messages FOR EACH ROW"
                + " WHEN (NEW.type = 'Inserted') EXECUTE FUNCTION message_store.wait_a_moment()");
        try (Writer slow = writer();
                Writer fast = writer();
                Writer gate = writer()) {
            // The first number of a series is logged, for which the transaction needs an id.
            fast.write("fast-1", "0").commit();
            assertThat(read()).containsExactly(1L);
            gate.execute("SELECT pg_advisory_xact_lock(4711)");
            Thread inserting = new Thread(() -> insertAndCommit(slow));
            inserting.start();
            awaitWaiting();
            fast.write("fast-1", "1").commit();
            List<Long> first = NaiveSources.BY_XMIN.readAfter(database.dataSource(), 0);
            assertThat(read()).isEmpty();
            gate.commit();
            inserting.join();

            assertThat(missed(NaiveSources.BY_XMIN, first)).containsExactly(2L);
        }
    }

    private static void insertAndCommit(Writer writer) {
        try {
            writer.insert("slow-1", "1").commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitWaiting() {
        await().until(() -> database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                == 1);
    }

    @Test
    void refuses_a_sequence_that_gives_out_numbers_in_advance_until_it_does_not() throws Exception {
        database.execute("ALTER SEQUENCE message_store.messages_global_position_seq CACHE 20");
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(this::read)
                .withMessageContaining("ALTER SEQUENCE message_store.messages_global_position_seq CACHE 1");

        database.execute("ALTER SEQUENCE message_store.messages_global_position_seq CACHE 1");
        try (Writer writer = writer()) {
            writer.write("fast-1", "1").commit();
        }

        assertThat(read()).hasSize(1);
    }

    @Test
    void waits_for_a_prepared_transaction_also_when_the_server_starts_anew() throws Exception {
        try (EmbeddedMessageDb server = EmbeddedMessageDb.builder()
                .durable(true)
                .serverSetting("max_prepared_transactions", "5")
                .start()) {
            source = source(server.dataSource());
            try (Writer prepared = new Writer(server.dataSource());
                    Writer fast = new Writer(server.dataSource())) {
                prepared.insert("slow-1", "1");
                fast.write("fast-1", "1").commit();
                assertThat(read()).isEmpty();
                prepared.prepare("slow");
                assertThat(read()).isEmpty();
            }
            server.stopServer(StopMode.IMMEDIATE);
            server.startServer();
            assertThat(read()).isEmpty();
            commitPrepared(server.dataSource());

            assertThat(read()).containsExactly(1L, 2L);
        }
    }

    private static void commitPrepared(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("COMMIT PREPARED 'slow'");
        }
    }

    @Test
    void refuses_a_standby_and_says_what_to_do() throws Exception {
        try (EmbeddedMessageDb server = EmbeddedMessageDb.start()) {
            server.stopServer();
            Files.createFile(server.dataDirectory().resolve("data").resolve("standby.signal"));
            server.startServer();
            source = source(server.dataSource());

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(this::read)
                    .withMessageContaining("standby")
                    .withMessageContaining("targetServerType=primary");
        }
    }
}
