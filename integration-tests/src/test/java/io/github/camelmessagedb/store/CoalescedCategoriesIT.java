package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages of several categories in one transaction, as they are where as many categories are written to as can be. */
class CoalescedCategoriesIT {

    private static final List<String> BUSY = List.of("a", "b", "c", "d", "w", "x", "y", "z");

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

    /** What is asked for while a message of each of these categories is being written. */
    private <T> T whileBusy(Callable<T> calls) throws Exception {
        try (OneConnection holder = holding(BUSY)) {
            List<CompletableFuture<Long>> first = beBusy();
            T answer = calls.call();
            holder.connection().rollback();
            for (CompletableFuture<Long> one : first) {
                one.get(30, TimeUnit.SECONDS);
            }
            return answer;
        }
    }

    /** A message of each busy category is being written, and waits for its lock. */
    private List<CompletableFuture<Long>> beBusy() {
        List<CompletableFuture<Long>> first = BUSY.stream()
                .map(category -> CompletableFuture.supplyAsync(
                        () -> write(category + "-0").join(), executor))
                .toList();
        await().until(() -> waitingForLocks() == BUSY.size());
        return first;
    }

    /** The locks of categories, as another client's transaction has them. */
    private OneConnection holding(List<String> categories) throws SQLException {
        OneConnection holder = OneConnection.inTransaction(database.ownerDataSource());
        holder.execute("SET LOCAL search_path TO message_store");
        for (String category : categories) {
            holder.execute("SELECT acquire_lock('" + category + "-0')");
        }
        return holder;
    }

    private long waitingForLocks() {
        return waitingForLocks("advisory");
    }

    private long waitingForLocks(String type) {
        return database.number("SELECT count(*) FROM pg_locks WHERE locktype = '" + type + "' AND NOT granted");
    }

    private CompletableFuture<Long> write(NewMessage message, ExpectedVersion expected) {
        return coalescer.write(message, expected);
    }

    private CompletableFuture<Long> write(String stream) {
        return write(message(stream), ExpectedVersion.ANY);
    }

    private long transactions(String condition) {
        return database.number("SELECT count(DISTINCT xmin::text) FROM message_store.messages WHERE " + condition);
    }

    @Test
    void what_waits_goes_together_whatever_its_category() throws Exception {
        List<CompletableFuture<Long>> outcomes = whileBusy(() ->
                IntStream.range(0, 30).mapToObj(i -> write("e" + i % 6 + "-1")).toList());

        for (int i = 0; i < 30; i++) {
            assertThat(outcomes.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i / 6);
        }
        assertThat(transactions("stream_name LIKE 'e%'")).isEqualTo(1);
    }

    @Test
    void a_category_whose_lock_another_holds_keeps_nobody_waiting_but_its_own() throws Exception {
        List<CompletableFuture<Long>> held;
        try (OneConnection holder = holding(List.of("e"))) {
            List<CompletableFuture<Long>> free = new ArrayList<>();
            held = whileBusy(() -> {
                free.add(write("f-1"));
                List<CompletableFuture<Long>> ofHeld =
                        IntStream.range(0, 3).mapToObj(i -> write("e-1")).toList();
                free.add(write("g-1"));
                return ofHeld;
            });

            for (CompletableFuture<Long> outcome : free) {
                assertThat(outcome.get(30, TimeUnit.SECONDS)).isZero();
            }
            await().until(() -> waitingForLocks() == 1);
            assertThat(held).noneMatch(CompletableFuture::isDone);
            holder.connection().rollback();
        }

        for (int i = 0; i < 3; i++) {
            assertThat(held.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i);
        }
    }

    @Test
    void categories_that_another_holds_for_long_keep_no_other_waiting() throws Exception {
        try (OneConnection holder = holding(BUSY)) {
            List<CompletableFuture<Long>> held = beBusy();

            List<CompletableFuture<Long>> free =
                    List.of(write("e-1"), write("f-1"), write("e-1"), write("a-1"), write("g-1"));

            assertThat(free.get(2).get(30, TimeUnit.SECONDS)).isOne();
            assertThat(free.get(4).get(30, TimeUnit.SECONDS)).isZero();
            assertThat(held).noneMatch(CompletableFuture::isDone);
            assertThat(free.get(3)).isNotDone();
            holder.connection().rollback();
            assertThat(free.get(3).get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void one_message_that_is_there_does_not_fail_the_others() throws Exception {
        NewMessage there = Examples.write(store, "e-1");

        List<CompletableFuture<Long>> outcomes = whileBusy(() ->
                List.of(write("f-1"), write(there, ExpectedVersion.ANY), write("g-1"), write("e-1"), write("f-1")));

        List<Long> positions = new ArrayList<>();
        for (CompletableFuture<Long> outcome : outcomes) {
            positions.add(outcome.get(30, TimeUnit.SECONDS));
        }
        assertThat(positions).containsExactly(0L, 0L, 0L, 1L, 1L);
    }

    @Test
    void each_caller_gets_an_outcome_of_its_own() throws Exception {
        NewMessage there = Examples.write(store, "e-1");
        NewMessage elsewhere = Examples.write(store, "f-2");

        List<CompletableFuture<Long>> outcomes = whileBusy(() -> List.of(
                write(message("e-1"), ExpectedVersion.NO_STREAM),
                write(there, ExpectedVersion.of(77)),
                write(message("f-1").withId(elsewhere.id()), ExpectedVersion.ANY),
                write(NewMessage.of("g-1", "Bad", "\"\\u0000\""), ExpectedVersion.ANY),
                write(message("e-1"), ExpectedVersion.of(0)),
                write(message("g-1"), ExpectedVersion.NO_STREAM)));

        assertThat(outcomes.get(5).get(30, TimeUnit.SECONDS)).isZero();
        assertThat(outcomes.get(4).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(outcomes.get(1).get(30, TimeUnit.SECONDS)).isZero();
        assertThatThrownBy(() -> outcomes.get(0).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(VersionConflictException.class);
        assertThatThrownBy(() -> outcomes.get(2).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DuplicateMessageException.class);
        assertThatThrownBy(() -> outcomes.get(3).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(MessageRejectedException.class);
    }

    @Test
    void of_versions_that_are_wrong_the_others_are_none_the_worse() throws Exception {
        List<CompletableFuture<Long>> outcomes = whileBusy(() -> List.of(
                write(message("e-1"), ExpectedVersion.of(7)),
                write(message("f-1"), ExpectedVersion.NO_STREAM),
                write(message("f-1"), ExpectedVersion.of(0))));

        assertThatThrownBy(() -> outcomes.get(0).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(VersionConflictException.class);
        assertThat(outcomes.get(1).get(30, TimeUnit.SECONDS)).isZero();
        assertThat(outcomes.get(2).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(transactions("stream_name = 'f-1'")).isEqualTo(1);
    }

    @Test
    void what_is_left_out_when_writing_is_stopped_is_told_that_it_is_not_written() throws Exception {
        CompletableFuture<Long> left;
        try (OneConnection holder = holding(List.of("e"));
                OneConnection table = OneConnection.inTransaction(database.ownerDataSource())) {
            table.execute("LOCK TABLE message_store.messages IN SHARE MODE");
            BUSY.forEach(
                    category -> executor.execute(() -> write(category + "-0").join()));
            await().until(() -> waitingForLocks("relation") == BUSY.size());
            left = write("e-1");
            CompletableFuture<Long> written = write("f-1");
            await().until(() -> waitingForLocks("relation") == BUSY.size() + 1);

            coalescer.close();
            table.connection().rollback();

            assertThat(written.get(30, TimeUnit.SECONDS)).isZero();
            assertThatThrownBy(() -> left.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("Not written");
            assertThat(holder.connection().isClosed()).as("e's lock is held").isFalse();
        }
    }

    @Test
    void what_is_held_up_when_writing_is_stopped_gets_its_outcome() throws Exception {
        CompletableFuture<Long> held;
        try (OneConnection holder = holding(List.of("e"))) {
            List<CompletableFuture<Long>> both = whileBusy(() -> List.of(write("e-1"), write("f-1")));
            held = both.get(0);
            assertThat(both.get(1).get(30, TimeUnit.SECONDS)).isZero();
            await().until(() -> waitingForLocks() == 1);
            coalescer.close();
            holder.connection().rollback();
        }

        assertThat(held.get(30, TimeUnit.SECONDS)).as("it was being written").isZero();
    }
}
