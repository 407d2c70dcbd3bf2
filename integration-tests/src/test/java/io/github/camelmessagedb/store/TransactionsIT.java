package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.write;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class TransactionsIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @Test
    void commits_on_a_pool_that_does_not() throws SQLException {
        HikariDataSource pool = database.pool(database.dataSource(), settings -> {
            settings.setMaximumPoolSize(1);
            settings.setAutoCommit(false);
        });
        MessageStore store = TestStores.of(pool);

        write(store, "one-1");
        writeAll(store, messages("one-1", "two-1"));

        assertThat(database.messageCount()).isEqualTo(3);
        assertThat(Examples.all(store, "one")).hasSize(2);
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.getAutoCommit()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leaves_autocommit_as_it_was_and_no_transaction_open(boolean autoCommit) throws SQLException {
        try (OneConnection session = OneConnection.of(database.dataSource())) {
            session.connection().setAutoCommit(autoCommit);
            int pid = session.connection()
                    .unwrap(org.postgresql.PGConnection.class)
                    .getBackendPID();
            MessageStore store = TestStores.of(database.dataSource(), session);

            write(store, "one-1");
            Examples.all(store, "one");
            assertThatExceptionOfType(MessageDbException.class)
                    .isThrownBy(() -> store.writer().write(message("one-1"), ExpectedVersion.of(7)));

            assertThat(session.connection().getAutoCommit()).isEqualTo(autoCommit);
            assertThat(database.number("SELECT count(*) FROM pg_stat_activity WHERE pid = ? AND state = 'idle'", pid))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_joined_transaction_s_end_decides() throws SQLException {
        try (OneConnection transaction = OneConnection.inTransaction(database.dataSource())) {
            MessageStore store = TestStores.of(database.dataSource(), transaction);

            write(store, "one-1");
            writeAll(store, messages("one-1", "two-1"));
            assertThat(Examples.all(store, "one")).as("what it reads itself").hasSize(2);
            transaction.connection().rollback();
            assertThat(database.messageCount()).isZero();

            write(store, "one-1");
            transaction.connection().commit();
            assertThat(database.messageCount()).isEqualTo(1);
        }
    }

    @Test
    void nothing_is_looked_up_or_tried_again_in_a_joined_transaction() throws SQLException {
        NewMessage there = write(database.store(), "one-1");
        try (OneConnection transaction = OneConnection.inTransaction(database.dataSource())) {
            MessageStore store = TestStores.of(database.dataSource(), transaction);
            Savepoint savepoint = transaction.connection().setSavepoint();

            assertThatExceptionOfType(DuplicateMessageException.class)
                    .isThrownBy(() -> writeAll(store, List.of(message("one-1"), there)))
                    .satisfies(duplicate -> {
                        assertThat(duplicate.id()).isEqualTo(there.id());
                        assertThat(duplicate.existingStream()).isEmpty();
                    });

            transaction.connection().rollback(savepoint);
            assertThat(transaction.searchPath()).isEqualTo("\"$user\", public");
            assertThatExceptionOfType(VersionConflictException.class)
                    .isThrownBy(() -> store.writer().write(message("one-1"), ExpectedVersion.NO_STREAM))
                    .satisfies(conflict -> assertThat(conflict.actual()).hasValue(0));
            transaction.connection().rollback(savepoint);
            write(store, "one-1");
            transaction.connection().commit();
        }
        assertThat(database.messageCount()).isEqualTo(2);
    }

    /** Pools of tests set the level on each connection, whatever the database's default is. */
    private HikariDataSource poolOf(String isolation) {
        return database.pool(database.dataSource(), settings -> {
            settings.setMaximumPoolSize(8);
            settings.setTransactionIsolation(isolation);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRANSACTION_REPEATABLE_READ", "TRANSACTION_SERIALIZABLE"})
    void all_writers_get_in_at_the_second_attempt_under_a_stricter_isolation_level(String level) {
        HikariDataSource pool = poolOf(level);
        AtomicInteger most = new AtomicInteger();

        List<List<Long>> positions = Together.call(8, writer -> {
            AtomicInteger attempts = new AtomicInteger();
            MessageStore store = TestStores.of(pool, counting(attempts));
            List<Long> own = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                attempts.set(0);
                own.add(store.writer().write(message("one-1"), ExpectedVersion.ANY));
                most.accumulateAndGet(attempts.get(), Math::max);
                attempts.set(0);
                own.addAll(writeAll(store, messages("one-1", "two-1")).subList(0, 1));
                most.accumulateAndGet(attempts.get(), Math::max);
            }
            return own;
        });

        assertThat(most).hasValue(2);
        assertThat(positions.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 320).boxed().toList());
    }

    private static ConnectionStrategy counting(AtomicInteger connections) {
        return new ConnectionStrategy() {
            @Override
            public Connection connection(DataSource dataSource) throws SQLException {
                connections.incrementAndGet();
                return dataSource.getConnection();
            }
        };
    }

    /** All of them have a snapshot without a message when the first one writes. */
    @Test
    void a_version_conflict_under_a_stricter_isolation_level_names_the_version() throws Exception {
        PGSimpleDataSource serializable = database.dataSource();
        serializable.setOptions("-c default_transaction_isolation=serializable");
        MessageStore store = TestStores.of(serializable);
        List<Long> conflicts = new CopyOnWriteArrayList<>();
        try (OneConnection holder = OneConnection.inTransaction(database.dataSource())) {
            holder.execute("SET LOCAL search_path TO message_store; SELECT acquire_lock('one-1')");
            CompletableFuture<?> writing =
                    CompletableFuture.supplyAsync(() -> Together.call(8, writer -> writeFirst(store, conflicts)));
            await().until(() -> database.number(
                            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                                    + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                    == 8);
            holder.connection().rollback();
            writing.get();
        }

        assertThat(conflicts).hasSize(7).containsOnly(0L);
        assertThat(database.messageCount()).isEqualTo(1);
    }

    private static long writeFirst(MessageStore store, List<Long> conflicts) {
        try {
            return store.writer().write(message("one-1"), ExpectedVersion.NO_STREAM);
        } catch (VersionConflictException e) {
            conflicts.add(e.actual().orElseThrow());
            return -1L;
        }
    }

    /** Its snapshot does not have what was written since it began, and nothing is tried again in it. */
    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
    void a_joined_transaction_of_a_stricter_isolation_level_that_is_too_late_is_a_conflict(int level)
            throws SQLException {
        try (OneConnection transaction = OneConnection.inTransaction(database.dataSource())) {
            transaction.connection().setTransactionIsolation(level);
            transaction.text("SELECT count(*) FROM message_store.messages");
            write(database.store(), "one-1");
            MessageStore store = new MessageStore(database.dataSource(), transaction);

            assertThatExceptionOfType(VersionConflictException.class)
                    .isThrownBy(() -> store.writer().write(message("one-1"), ExpectedVersion.ANY))
                    .satisfies(conflict -> assertThat(conflict.actual()).isEmpty());
        }
        assertThat(database.messageCount()).isEqualTo(1);
    }

    @Test
    void a_second_attempt_leaves_the_session_s_isolation_level_as_it_was() throws SQLException {
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_isolation = 'serializable'");
        try (OneConnection session = OneConnection.of(database.dataSource())) {
            Jdbc.Session readCommitted = new Jdbc.Session(session.connection(), false, true);
            Batch batch = Batch.of(messages("one-1", "two-1"), Map.of());

            assertThat(WriteStatement.execute(readCommitted, batch)).containsExactly(0L, 0L);

            assertThat(session.text("SHOW transaction_isolation")).isEqualTo("serializable");
        }
    }
}
