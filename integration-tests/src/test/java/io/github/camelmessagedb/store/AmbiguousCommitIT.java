package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.testing.Cut;
import io.github.camelmessagedb.testing.Oracle;
import io.github.camelmessagedb.testing.TcpProxy;
import io.github.camelmessagedb.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection is lost at every message of the protocol, one after the other, before it, within it and after it, on
 * its way to the server and on its way back. Whatever it is, the write is answered as if nothing had happened.
 */
class AmbiguousCommitIT {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.extension();

    /** What is written. */
    enum Kind {
        ONE_MESSAGE(1, false, "s"),
        ONE_MESSAGE_WITH_EXPECTED_VERSION(1, true, "s"),
        BATCH(3, false, "s"),
        BATCH_WITH_EXPECTED_VERSION(3, true, "s"),
        BATCH_OVER_CATEGORIES(2, false, "s", "t", "u"),
        BATCH_OVER_CATEGORIES_WITH_EXPECTED_VERSIONS(2, true, "s", "t", "u");

        private final int messagesOfEach;
        private final boolean expectedVersions;

        @SuppressWarnings("ImmutableEnumChecker") // Stream.toList makes one that cannot be changed.
        private final List<StreamName> streams;

        Kind(int messagesOfEach, boolean expectedVersions, String... prefixes) {
            this.messagesOfEach = messagesOfEach;
            this.expectedVersions = expectedVersions;
            this.streams = List.of(prefixes).stream()
                    .map(prefix -> StreamName.of(prefix + name() + "-1"))
                    .toList();
        }

        List<NewMessage> batch() {
            List<NewMessage> batch = new ArrayList<>();
            for (int i = 0; i < messagesOfEach; i++) {
                streams.forEach(stream -> batch.addAll(messages(stream.value())));
            }
            return batch;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_write_is_answered_as_if_its_connection_had_not_been_cut(Kind kind) {
        cutEverywhere((store, oracle, round) -> write(store, kind, round, oracle));
    }

    @ParameterizedTest
    @CsvSource({"a, false", "a, true", "b, false", "b, true"})
    void writes_that_share_a_transaction_are_answered_as_if_it_had_not_been_cut(
            String category, boolean expectedVersions) {
        cutEverywhere((store, oracle, round) -> writeShared(store, category, expectedVersions, round, oracle));
    }

    /** Writes in a round of its own. */
    @FunctionalInterface
    private interface Writing {
        void write(MessageStore store, Oracle oracle, int round);
    }

    private static void cutEverywhere(Writing writing) {
        try (TestDatabase own = TestDatabase.create();
                TcpProxy proxy = TcpProxy.of(own)) {
            HikariDataSource pool = own.pool(proxy.through(own.dataSource()), settings -> {});
            MessageStore store = TestStores.of(pool);
            Oracle oracle = new Oracle();
            int round = 0;
            int cuts = 0;
            for (Cut.Sender sender : Cut.Sender.values()) {
                for (Cut.When when : Cut.When.values()) {
                    int message = 0;
                    boolean cut = true;
                    while (cut) {
                        message++;
                        awaitWorkingConnection(store);
                        proxy.set(new Cut(sender, message, when));
                        writing.write(store, oracle, round++);
                        cut = !proxy.isCutPending();
                        proxy.clearCut();
                        cuts += cut ? 1 : 0;
                    }
                    assertThat(message).as("messages of the " + sender).isGreaterThan(6);
                }
            }
            assertThat(cuts).isGreaterThan(40);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            oracle.checkStored(own.ownerDataSource());
            oracle.checkNoneMissing();
        }
    }

    /** The next message on the wire is to be one of the write's; a cut after the last answer leaves a dead connection. */
    private static void awaitWorkingConnection(MessageStore store) {
        await().pollInterval(Duration.ofMillis(1))
                .ignoreException(StoreUnavailableException.class)
                .until(() ->
                        store.reader().streamVersion(StreamName.of("none-1")).isEmpty());
    }

    /** Each stream has as many messages as were written before, and gets those of this batch, once. */
    private static void write(MessageStore store, Kind kind, int round, Oracle oracle) {
        long before = (long) round * kind.messagesOfEach;
        List<NewMessage> batch = kind.batch();
        batch.forEach(oracle::attempts);
        Map<StreamName, ExpectedVersion> versions = new HashMap<>();
        if (kind.expectedVersions) {
            kind.streams.forEach(stream -> versions.put(stream, ExpectedVersion.of(before - 1)));
        }

        List<Long> positions = store.writer().write(batch, versions);

        for (int i = 0; i < batch.size(); i++) {
            assertThat(positions.get(i)).isEqualTo(before + i / kind.streams.size());
            oracle.acknowledges(batch.get(i), positions.get(i));
        }
    }

    /** One of them to a stream of the category a, the others to one stream of this category. */
    private static void writeShared(
            MessageStore store, String category, boolean expectedVersions, int round, Oracle oracle) {
        List<SharedWrite> writes = new ArrayList<>();
        List<Long> positions = List.of((long) round, 2L * round, 2L * round + 1);
        for (int i = 0; i < positions.size(); i++) {
            NewMessage message = Examples.message(i == 0 ? "a-1" : category + "-2");
            oracle.attempts(message);
            writes.add(new SharedWrite(
                    message,
                    expectedVersions ? ExpectedVersion.of(positions.get(i) - 1) : ExpectedVersion.ANY,
                    ignored -> {}));
        }

        if (category.equals("a")) {
            store.sharedWriter().write(writes);
        } else {
            store.sharedWriter().writeFree(writes);
        }

        for (int i = 0; i < positions.size(); i++) {
            SharedWrite write = writes.get(i);
            write.tell();
            assertThat(write.outcome()).isCompletedWithValue(positions.get(i));
            oracle.acknowledges(write.message(), positions.get(i));
        }
    }

    @Test
    void an_attempt_that_arrives_after_the_next_one_writes_nothing_again() throws Exception {
        try (TcpProxy proxy = TcpProxy.of(database)) {
            HikariDataSource pool = database.pool(proxy.through(database.dataSource()), settings -> {
                settings.setMaximumPoolSize(1);
                settings.setConnectionTimeout(500);
            });
            MessageStore store = TestStores.of(pool);
            Examples.write(store, "late-1");
            try (OneConnection holder = OneConnection.inTransaction(database.dataSource())) {
                holder.execute("SET LOCAL search_path TO message_store; SELECT acquire_lock('late-1')");
                NewMessage message = Examples.message("late-1");
                CompletableFuture<Long> write =
                        CompletableFuture.supplyAsync(() -> store.writer().write(message, ExpectedVersion.of(0)));
                awaitWaiting(1);
                // The first attempt waits for the lock on the server, and its client is gone.
                proxy.cutAll();
                awaitWaiting(2);
                holder.connection().rollback();

                assertThat(write.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            }
            assertThat(database.number("SELECT count(*) FROM message_store.messages WHERE stream_name = 'late-1'"))
                    .isEqualTo(2);
        }
    }

    private static void awaitWaiting(int sessions) {
        await().until(() -> database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                == sessions);
    }
}
