package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CoalescingIT {

    private static final int CALLERS = 16;
    private static final int WRITES = 100;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private MessageStore store;
    private WriteCoalescer coalescer;

    @BeforeEach
    void open() {
        store = TestStores.of(database.pool(10));
        coalescer = store.coalescer(executor);
    }

    @AfterEach
    void close() {
        coalescer.close();
        executor.shutdownNow();
    }

    /** What is asked for while a message of the category a is being written. */
    private <T> T whileBusy(Callable<T> calls) throws Exception {
        try (OneConnection holder = OneConnection.inTransaction(database.ownerDataSource())) {
            holder.execute("SET LOCAL search_path TO message_store; SELECT acquire_lock('a-0')");
            CompletableFuture<Long> first = CompletableFuture.supplyAsync(
                    () -> coalescer.write(message("a-0"), ExpectedVersion.ANY).join(), executor);
            await().until(() ->
                    database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1);
            T answer = calls.call();
            holder.connection().rollback();
            first.handle((position, failure) -> "ended").get(30, TimeUnit.SECONDS);
            return answer;
        }
    }

    private static List<CompletableFuture<Long>> times(int n, IntFunction<CompletableFuture<Long>> call) {
        return IntStream.range(0, n).mapToObj(call).toList();
    }

    private CompletableFuture<Long> write(NewMessage message, ExpectedVersion expected) {
        return coalescer.write(message, expected);
    }

    private CompletableFuture<Long> write(String stream) {
        return write(message(stream), ExpectedVersion.ANY);
    }

    private long transactions() {
        return database.number("SELECT count(DISTINCT xmin::text) FROM message_store.messages");
    }

    @Test
    void a_lone_message_is_written_on_the_callers_thread() {
        CompletableFuture<Long> outcome = write("a-1");

        assertThat(outcome).isCompletedWithValue(0L);
        assertThat(write("a-1")).isCompletedWithValue(1L);
    }

    @Test
    void a_lone_message_that_is_not_written_says_why() {
        assertThatThrownBy(() -> write(message("a-1"), ExpectedVersion.of(5)).join())
                .hasCauseInstanceOf(VersionConflictException.class);
        assertThat(write("a-1")).as("afterwards").isCompletedWithValue(0L);
    }

    @Test
    void what_comes_while_others_write_shares_a_transaction() throws Exception {
        List<CompletableFuture<Long>> outcomes = whileBusy(() -> {
            List<CompletableFuture<Long>> waiting = times(30, i -> write("a-" + i % 3));
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            return waiting;
        });

        for (int i = 0; i < 30; i++) {
            assertThat(outcomes.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i / 3 + (i % 3 == 0 ? 1 : 0));
        }
        assertThat(transactions()).isEqualTo(2);
    }

    @Test
    void what_does_not_fit_into_one_transaction_is_written_in_several_in_order() throws Exception {
        List<NewMessage> messages = Examples.messages(2 * WriteQueue.MOST_MESSAGES + 1, "a-1");
        List<CompletableFuture<Long>> outcomes =
                whileBusy(() -> times(messages.size(), i -> write(messages.get(i), ExpectedVersion.ANY)));

        for (int i = 0; i < messages.size(); i++) {
            assertThat(outcomes.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i);
        }
        assertThat(transactions()).isEqualTo(4);
    }

    @Test
    void a_transaction_is_bounded_in_size() throws Exception {
        String half = "\"" + "x".repeat((int) WriteQueue.MOST_SIZE / 2) + "\"";
        List<CompletableFuture<Long>> outcomes =
                whileBusy(() -> times(3, i -> write(NewMessage.of("a-1", "Large", half), ExpectedVersion.ANY)));

        CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        assertThat(transactions()).isEqualTo(4);
    }

    @Test
    void categories_do_not_wait_for_each_other() throws Exception {
        assertThat(whileBusy(() -> write("b-1"))).isCompletedWithValue(0L);
    }

    @Test
    void each_caller_gets_an_outcome_of_its_own() throws Exception {
        NewMessage there = Examples.write(store, "a-1");
        NewMessage elsewhere = Examples.write(store, "a-2");

        List<CompletableFuture<Long>> outcomes = whileBusy(() -> List.of(
                write(message("a-1"), ExpectedVersion.NO_STREAM),
                write(there, ExpectedVersion.of(77)),
                write(message("a-1").withId(elsewhere.id()), ExpectedVersion.ANY),
                write(NewMessage.of("a-1", "Bad", "\"\\u0000\""), ExpectedVersion.ANY),
                write(message("a-1"), ExpectedVersion.of(0)),
                write(message("a-1"), ExpectedVersion.of(1))));

        assertThat(outcomes.get(5).get(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(outcomes.get(4).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(outcomes.get(1).get(30, TimeUnit.SECONDS)).isZero();
        assertThatThrownBy(() -> outcomes.get(0).get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(VersionConflictException.class, e -> {
                    assertThat(e.stream()).isEqualTo(StreamName.of("a-1"));
                    assertThat(e.expected()).isEqualTo(ExpectedVersion.NO_STREAM);
                    assertThat(e.actual()).hasValue(0);
                });
        assertThatThrownBy(() -> outcomes.get(2).get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        DuplicateMessageException.class,
                        e -> assertThat(e.existingStream()).contains(StreamName.of("a-2")));
        assertThatThrownBy(() -> outcomes.get(3).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(MessageRejectedException.class);
    }

    @Test
    void the_same_message_from_two_callers_is_written_once() throws Exception {
        NewMessage message = message("a-1");

        List<CompletableFuture<Long>> outcomes =
                whileBusy(() -> times(2, i -> write(message, ExpectedVersion.NO_STREAM)));

        for (CompletableFuture<Long> outcome : outcomes) {
            assertThat(outcome.get(30, TimeUnit.SECONDS)).isZero();
        }
        assertThat(database.messageCount()).isEqualTo(2);
    }

    @Test
    void of_many_who_expect_the_same_version_one_wins() throws Exception {
        List<CompletableFuture<Long>> outcomes =
                whileBusy(() -> times(20, i -> write(message("a-1"), ExpectedVersion.NO_STREAM)));

        int conflicts = 0;
        for (CompletableFuture<Long> outcome : outcomes) {
            try {
                assertThat(outcome.get(30, TimeUnit.SECONDS)).isZero();
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(VersionConflictException.class);
                conflicts++;
            }
        }
        assertThat(conflicts).isEqualTo(19);
    }

    @Test
    void what_waits_when_writing_is_stopped_is_told_that_it_is_not_written() throws Exception {
        CompletableFuture<Long> waiting = whileBusy(() -> {
            CompletableFuture<Long> outcome = write("a-1");
            coalescer.close();
            return outcome;
        });

        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Not written");
        assertThat(database.messageCount()).as("the one that was being written").isEqualTo(1);
        assertThat(write("a-1")).as("afterwards, alone").isCompletedWithValue(0L);
    }

    @Test
    void where_the_role_has_no_privilege_each_is_told_that_nothing_was_written() throws Exception {
        List<CompletableFuture<Long>> outcomes = whileBusy(() -> {
            database.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA message_store FROM PUBLIC, message_store");
            return times(2, i -> write("a-" + i));
        });

        for (CompletableFuture<Long> outcome : outcomes) {
            assertThatThrownBy(() -> outcome.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void where_there_is_no_connection_nobody_waits_for_another_one() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        AtomicBoolean away = new AtomicBoolean();
        coalescer = TestStores.of(database.pool(10), new ConnectionStrategy() {
                    @Override
                    public Connection connection(DataSource dataSource) throws SQLException {
                        attempts.incrementAndGet();
                        if (away.get()) {
                            throw new SQLException("Nobody there", "08001");
                        }
                        return dataSource.getConnection();
                    }
                })
                .coalescer(executor);

        List<CompletableFuture<Long>> outcomes = whileBusy(() -> {
            away.set(true);
            return times(3 * WriteQueue.MOST_MESSAGES, i -> write("a-1"));
        });

        for (CompletableFuture<Long> outcome : outcomes) {
            assertThatThrownBy(() -> outcome.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("Nobody there");
        }
        assertThat(attempts).hasValue(2);
        away.set(false);
        assertThat(write("a-1")).as("afterwards").isCompletedWithValue(0L);
    }

    @Test
    void what_nobody_foresaw_fails_those_who_are_written_and_nobody_who_comes_later() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        coalescer = TestStores.of(database.pool(10), new ConnectionStrategy() {
                    @Override
                    public Connection connection(DataSource dataSource) throws SQLException {
                        if (attempts.incrementAndGet() == 2) {
                            throw new IllegalStateException("Not foreseen");
                        }
                        return dataSource.getConnection();
                    }
                })
                .coalescer(executor);

        List<CompletableFuture<Long>> outcomes =
                whileBusy(() -> times(WriteQueue.MOST_MESSAGES + 2, i -> write("a-1")));

        for (CompletableFuture<Long> outcome : outcomes.subList(0, WriteQueue.MOST_MESSAGES)) {
            assertThatThrownBy(() -> outcome.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("Not foreseen");
        }
        assertThat(outcomes.get(WriteQueue.MOST_MESSAGES).get(30, TimeUnit.SECONDS))
                .isZero();
        assertThat(outcomes.get(WriteQueue.MOST_MESSAGES + 1).get(30, TimeUnit.SECONDS))
                .isEqualTo(1);
    }

    @Test
    void an_expected_version_holds_where_an_owner_has_changed_the_lock() throws Exception {
        coalescer = new MessageStore(database.pool(10)).coalescer(executor);
        List<CompletableFuture<Long>> outcomes = whileBusy(() -> {
            database.execute("CREATE OR REPLACE FUNCTION message_store.acquire_lock(stream_name varchar) RETURNS bigint"
                    + " LANGUAGE plpgsql AS $$ BEGIN INSERT INTO message_store.messages (stream_name, position, type, data)"
                    + " SELECT 'a-1', coalesce(max(m.position), -1) + 1, 'Lock', '{}' FROM message_store.messages m"
                    + " WHERE m.stream_name = 'a-1'; RETURN 0; END $$");
            return List.of(write(message("a-1"), ExpectedVersion.of(0)), write("a-2"));
        });

        assertThat(outcomes.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(outcomes.get(1).get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void many_callers_at_once_get_the_positions_that_their_messages_have() {
        List<List<UUID>> ids = Together.call(CALLERS, caller -> {
            List<UUID> own = new ArrayList<>();
            for (int i = 0; i < WRITES; i++) {
                NewMessage message = message("a" + (i % 3) + "-" + (caller % 4));
                own.add(message.id());
                long position = write(message, ExpectedVersion.ANY).get(30, TimeUnit.SECONDS);
                assertThat(database.number("SELECT position FROM message_store.messages WHERE id = ?", message.id()))
                        .isEqualTo(position);
            }
            return own;
        });

        assertThat(ids.stream().flatMap(List::stream)).hasSize(CALLERS * WRITES).doesNotHaveDuplicates();
        assertThat(database.messageCount()).isEqualTo(CALLERS * WRITES);
        assertThat(transactions()).as("transactions").isLessThan(CALLERS * WRITES);
    }
}
