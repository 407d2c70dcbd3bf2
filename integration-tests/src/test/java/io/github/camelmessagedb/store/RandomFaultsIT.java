package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.testing.Cut;
import io.github.camelmessagedb.testing.Oracle;
import io.github.camelmessagedb.testing.TcpProxy;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many writers, whose connections are cut and whose sessions are terminated all the time. */
class RandomFaultsIT {

    private static final int WRITERS = 8;
    private static final int WRITES = 250;
    private static final int WRITES_FOR_A_FAULT = 4;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final Oracle oracle = new Oracle();

    /** One writer's share. */
    @FunctionalInterface
    private interface Writing {
        /** Answers how many faults it made. */
        int write(MessageStore store, int writer, TcpProxy proxy, OneConnection terminator) throws Exception;
    }

    @Test
    void what_was_acknowledged_is_stored_once_where_it_was_said_to_be() throws Exception {
        writeThroughFaults(this::write);
    }

    /** Messages of several categories go together where more are written to than can be at once. */
    @ParameterizedTest
    @ValueSource(ints = {1, WRITERS})
    void what_was_written_together_and_acknowledged_is_stored_once_where_it_was_said_to_be(int categories)
            throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        AtomicReference<WriteCoalescer> coalescer = new AtomicReference<>();
        try {
            writeThroughFaults((store, writer, proxy, terminator) -> {
                coalescer.compareAndSet(null, store.coalescer(executor));
                return writeShared(coalescer.get(), "shared" + writer % categories, writer, proxy, terminator);
            });
        } finally {
            executor.shutdownNow();
        }
    }

    private void writeThroughFaults(Writing writing) throws Exception {
        try (TcpProxy proxy = TcpProxy.of(database);
                OneConnection terminator = OneConnection.of(database.ownerDataSource())) {
            HikariDataSource pool = database.pool(proxy.through(database.dataSource()), settings -> {
                settings.setMaximumPoolSize(WRITERS);
                settings.setConnectionTimeout(5000);
            });
            MessageStore store = TestStores.of(pool);

            List<Integer> faults = Together.call(WRITERS, writer -> writing.write(store, writer, proxy, terminator));

            assertThat(faults.stream().mapToInt(Integer::intValue).sum()).isGreaterThan(WRITERS * WRITES / 8);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
        oracle.checkStored(database.ownerDataSource());
        oracle.checkNoneMissing();
        assertThat(oracle.acknowledged()).isGreaterThanOrEqualTo(WRITERS * WRITES);
    }

    private int write(MessageStore store, int writer, TcpProxy proxy, OneConnection terminator) throws Exception {
        Random random = new Random(writer);
        int faults = 0;
        long ownVersion = -1;
        for (int i = 0; i < WRITES; i++) {
            if (random.nextInt(WRITES_FOR_A_FAULT) == 0) {
                fault(random, proxy, terminator);
                faults++;
            }
            StreamName own = StreamName.of("own-" + writer);
            List<NewMessage> batch = new ArrayList<>();
            if (random.nextBoolean()) {
                batch.add(Examples.message(own.value()));
            }
            for (int n = random.nextInt(4); n > 0 || batch.isEmpty(); n--) {
                batch.add(Examples.message("shared" + random.nextInt(3) + "-" + random.nextInt(3)));
            }
            boolean toOwn = batch.get(0).stream().equals(own);
            boolean expecting = toOwn && random.nextBoolean();
            batch.forEach(oracle::attempts);

            List<Long> positions =
                    store.writer().write(batch, expecting ? Map.of(own, ExpectedVersion.of(ownVersion)) : Map.of());

            for (int n = 0; n < batch.size(); n++) {
                oracle.acknowledges(batch.get(n), positions.get(n));
            }
            if (toOwn) {
                assertThat(positions.get(0)).isEqualTo(++ownVersion);
            }
        }
        return faults;
    }

    /** To a stream of its own, whose version it knows, and to those of all, which are of the same category. */
    private int writeShared(
            WriteCoalescer coalescer, String category, int writer, TcpProxy proxy, OneConnection terminator)
            throws Exception {
        Random random = new Random(writer);
        int faults = 0;
        long ownVersion = -1;
        for (int i = 0; i < WRITES; i++) {
            if (random.nextInt(WRITES_FOR_A_FAULT) == 0) {
                fault(random, proxy, terminator);
                faults++;
            }
            boolean toOwn = random.nextBoolean();
            NewMessage message = Examples.message(category + "-" + (toOwn ? "own" + writer : random.nextInt(3)));
            ExpectedVersion expected =
                    toOwn && random.nextBoolean() ? ExpectedVersion.of(ownVersion) : ExpectedVersion.ANY;
            oracle.attempts(message);

            long position = coalescer.write(message, expected).get(60, TimeUnit.SECONDS);

            oracle.acknowledges(message, position);
            if (toOwn) {
                assertThat(position).isEqualTo(++ownVersion);
            }
        }
        return faults;
    }

    private static void fault(Random random, TcpProxy proxy, OneConnection terminator) throws Exception {
        switch (random.nextInt(10)) {
            case 0 -> proxy.cutAll();
            case 1, 2, 3 -> {
                synchronized (terminator) {
                    terminator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND usename = 'message_store'"
                            + " ORDER BY random() LIMIT 1");
                }
            }
            default ->
                proxy.set(new Cut(
                        oneOf(random, Cut.Sender.values()), 1 + random.nextInt(30), oneOf(random, Cut.When.values())));
        }
    }

    private static <T> T oneOf(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
