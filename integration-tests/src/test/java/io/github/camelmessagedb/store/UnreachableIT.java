package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.testing.Cut;
import io.github.camelmessagedb.testing.TcpProxy;
import io.github.camelmessagedb.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(60)
class UnreachableIT {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration FOR_EVER = Duration.ofDays(1);

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private TcpProxy proxy;
    private PGSimpleDataSource throughProxy;
    private HikariDataSource pool;

    @BeforeEach
    void open() {
        proxy = TcpProxy.of(database);
        throughProxy = proxy.through(database.dataSource());
        pool = database.pool(throughProxy, settings -> settings.setConnectionTimeout(1500));
    }

    @AfterEach
    void close() {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(Cut.Sender.class)
    void a_write_whose_outcome_cannot_be_learnt_says_so_and_can_be_repeated(Cut.Sender sender) {
        MessageStore store = new MessageStore(pool, ConnectionStrategy.PLAIN, SHORT);
        Examples.write(store, "one-1");
        List<NewMessage> batch = messages("one-1", "two-1");
        proxy.refuseConnections();
        proxy.set(new Cut(sender, 1, Cut.When.BEFORE));

        OutcomeUnknownException unknown = catchThrowableOfType(
                OutcomeUnknownException.class, () -> store.writer().write(batch, Map.of()));

        assertThat(unknown.ids())
                .containsExactly(batch.get(0).id(), batch.get(1).id());
        assertThat(unknown).hasMessageContaining(batch.get(0).id().toString());
        proxy.acceptConnections();
        assertThat(store.writer().write(batch, Map.of())).containsExactly(1L, 0L);
        assertThat(database.messageCount()).isEqualTo(3);
    }

    @Test
    void writes_of_several_categories_whose_outcome_cannot_be_learnt_say_so() {
        MessageStore store = new MessageStore(pool, ConnectionStrategy.PLAIN, SHORT);
        Examples.write(store, "one-1");
        List<SharedWrite> writes = sharedWrites("one-1", "two-1", "two-1");
        proxy.refuseConnections();
        proxy.set(new Cut(Cut.Sender.SERVER, 1, Cut.When.BEFORE));

        store.sharedWriter().writeFree(writes);

        writes.forEach(SharedWrite::tell);
        assertThat(writes)
                .allSatisfy(write -> assertThatThrownBy(() -> write.outcome().join())
                        .hasCauseInstanceOf(OutcomeUnknownException.class));
    }

    @Test
    void writes_of_several_categories_wait_once_for_a_store_that_is_away() {
        Examples.write(new MessageStore(pool), "one-1");
        AtomicInteger asked = new AtomicInteger();
        MessageStore store = new MessageStore(
                pool,
                new ConnectionStrategy() {
                    @Override
                    public Connection connection(DataSource dataSource) throws SQLException {
                        if (asked.incrementAndGet() == 1) {
                            return dataSource.getConnection();
                        }
                        throw waitedForMoreThan(SHORT);
                    }
                },
                SHORT);
        List<SharedWrite> writes = sharedWrites("one-1", "two-1", "three-1");
        proxy.set(new Cut(Cut.Sender.SERVER, 1, Cut.When.BEFORE));

        store.sharedWriter().writeFree(writes);

        assertThat(writes).allMatch(SharedWrite::isSettled);
        assertThat(asked).as("connections").hasValue(2);
    }

    private static List<SharedWrite> sharedWrites(String... streams) {
        return messages(streams).stream()
                .map(message -> new SharedWrite(message, ExpectedVersion.ANY, ignored -> {}))
                .toList();
    }

    private static SQLException waitedForMoreThan(Duration time) {
        try {
            Thread.sleep(time.toMillis() + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new SQLException("Nobody there", "08001");
    }

    @Test
    void a_write_that_is_interrupted_while_it_learns_its_outcome_says_so_and_stays_interrupted() throws Exception {
        MessageStore store = new MessageStore(pool, ConnectionStrategy.PLAIN, FOR_EVER);
        Examples.write(store, "one-1");
        proxy.refuseConnections();
        proxy.set(new Cut(Cut.Sender.SERVER, 1, Cut.When.BEFORE));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread writer = new Thread(() -> {
            try {
                store.writer().write(message("one-1"), ExpectedVersion.ANY);
            } catch (OutcomeUnknownException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            } catch (RuntimeException e) {
                interrupted.completeExceptionally(e);
            }
        });
        writer.start();
        await().until(() -> !proxy.isCutPending());

        writer.interrupt();

        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_write_that_gets_no_connection_gives_up_at_once_and_was_not_sent() {
        proxy.refuseConnections();
        AtomicInteger asked = new AtomicInteger();
        for (DataSource dataSource : List.of(throughProxy, pool)) {
            asked.set(0);
            MessageStore store = new MessageStore(dataSource, counting(asked), FOR_EVER);
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> store.writer().write(message("one-1"), ExpectedVersion.ANY));
            assertThat(asked).hasValue(1);
        }
        assertThat(database.messageCount()).isZero();
    }

    @Test
    void a_write_in_doubt_waits_for_the_server_to_come_back() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        MessageStore store = new MessageStore(pool, counting(asked), FOR_EVER);
        Examples.write(store, "one-1");
        proxy.refuseConnections();
        proxy.set(new Cut(Cut.Sender.SERVER, 1, Cut.When.BEFORE));
        asked.set(0);
        CompletableFuture<Long> write =
                CompletableFuture.supplyAsync(() -> store.writer().write(message("one-1"), ExpectedVersion.of(0)));
        await().until(() -> asked.get() > 3);

        proxy.acceptConnections();

        assertThat(write.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(database.messageCount()).isEqualTo(2);
    }

    private static ConnectionStrategy counting(AtomicInteger asked) {
        return new ConnectionStrategy() {
            @Override
            public Connection connection(DataSource dataSource) throws SQLException {
                asked.incrementAndGet();
                return dataSource.getConnection();
            }
        };
    }

    @Test
    void a_read_whose_connection_is_lost_says_so() {
        MessageStore store = new MessageStore(pool);
        Examples.write(store, "one-1");
        proxy.set(new Cut(Cut.Sender.SERVER, 2, Cut.When.HALFWAY));

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> store.reader().readCategory(ReadQuery.of("one")));
        assertThat(Examples.all(store, "one")).hasSize(1);
    }

    @Test
    void a_write_on_a_half_open_connection_is_resolved_when_the_server_can_be_reached_again() throws Exception {
        throughProxy.setSocketTimeout(1);
        throughProxy.setLoginTimeout(1);
        MessageStore store = new MessageStore(throughProxy, ConnectionStrategy.PLAIN, FOR_EVER);
        NewMessage message = message("one-1");
        try (OneConnection halfOpen = OneConnection.of(throughProxy)) {
            AtomicInteger attempts = new AtomicInteger();
            ConnectionStrategy strategy = new ConnectionStrategy() {
                @Override
                public Connection connection(DataSource dataSource) throws SQLException {
                    return attempts.getAndIncrement() == 0 ? halfOpen.connection() : dataSource.getConnection();
                }
            };
            MessageStore first = new MessageStore(throughProxy, strategy, FOR_EVER);
            proxy.stopForwarding();
            CompletableFuture<Long> write =
                    CompletableFuture.supplyAsync(() -> first.writer().write(message, ExpectedVersion.NO_STREAM));
            await().until(() -> attempts.get() >= 2);

            // What was held back arrives now too.
            proxy.forward();

            assertThat(write.get(30, TimeUnit.SECONDS)).isZero();
        }
        assertThat(Examples.all(store, "one")).hasSize(1);
    }

    @Test
    void a_session_that_is_terminated_while_idle_costs_nothing() {
        MessageStore store = new MessageStore(pool);
        Examples.write(store, "one-1");
        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND usename = 'message_store'");

        Examples.write(store, "one-1");

        assertThat(database.messageCount()).isEqualTo(2);
    }
}
