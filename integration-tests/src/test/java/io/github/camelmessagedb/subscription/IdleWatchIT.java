package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.store.IdleProbe;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.subscription.IdleWatch.Net;
import io.github.camelmessagedb.subscription.SubscriptionOptions.PositionUpdates;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Retries;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Start;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Together;
import io.github.camelmessagedb.testing.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Consumers that depend on the watch alone: whoever is not woken sleeps for an hour. */
@Timeout(120)
class IdleWatchIT {

    private static final int WRITERS = 8;
    private static final int TRANSACTIONS = 60;
    private static final List<String> CATEGORIES = List.of("one", "two", "three");
    private static final String ONE_STREAM = "direct-3";

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Subscription> subscriptions = new TreeMap<>();
    private final Map<String, ConcurrentSkipListSet<Long>> received = new ConcurrentHashMap<>();
    private MessageStore store;
    private IdleWatch watch;

    @BeforeEach
    void watch() {
        HikariDataSource pool = database.pool(10);
        store = new MessageStore(pool);
        watch = watch(store.idleProbe());
    }

    private IdleWatch watch(IdleProbe probe) {
        return new IdleWatch(new IdleQuestions(probe), threads, Time.SYSTEM, Net.of(Duration.ofHours(1)));
    }

    @AfterEach
    void stop() throws InterruptedException {
        watch.stop();
        subscriptions.values().forEach(Subscription::stop);
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private void consume(String name) {
        ConcurrentSkipListSet<Long> numbers = new ConcurrentSkipListSet<>();
        received.put(name, numbers);
        ReadQuery query = ReadQuery.of(name);
        Subscription subscription = new Subscription(new Subscription.Parts(
                new SubscriptionIdentity(query.name(), null, null),
                query.name().equals(ReadQuery.ALL)
                        ? new AllSource(store.reader(), query)
                        : new StoreSource(store.reader(), query),
                new MemoryPositionStore(),
                (messages, completion) -> {
                    messages.forEach(message -> numbers.add(message.globalPosition()));
                    completion.done(null);
                },
                new SubscriptionOptions(
                        new Start(new StartPosition.Beginning(), null),
                        new Handling(1, 1, 1000, FailurePolicy.RETRY),
                        Duration.ofMillis(100),
                        new PositionUpdates(100, Duration.ofSeconds(5)),
                        new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1))),
                new Subscription.Environment(threads, Time.SYSTEM, failure -> {}, SubscriptionObserver.NONE, watch)));
        subscription.prepare();
        threads.execute(subscription::run);
        subscriptions.put(name, subscription);
    }

    @Test
    void nobody_sleeps_over_a_message_of_many_writers_that_commit_late_or_never() throws Exception {
        CATEGORIES.forEach(this::consume);
        consume(ONE_STREAM);
        consume("$all");

        Together.call(WRITERS, number -> {
            try (Writer writer = new Writer(database.dataSource())) {
                Random random = new Random(number);
                for (int i = 0; i < TRANSACTIONS; i++) {
                    transaction(writer, number, random);
                }
            }
            return null;
        });

        for (String name : received.keySet()) {
            List<Long> written = written(name);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(received.get(name)).containsExactlyElementsOf(written));
            assertThat(written).isNotEmpty();
        }
    }

    /** Past the category's lock only where the category has no consumer: its order is not that of the numbers. */
    private static void transaction(Writer writer, int number, Random random) throws Exception {
        writer.execute("SELECT pg_sleep(" + random.nextInt(30) / 1000.0 + ")");
        for (int i = random.nextInt(3); i >= 0; i--) {
            if (random.nextBoolean()) {
                writer.write(NewMessage.of(CATEGORIES.get(number % CATEGORIES.size()) + "-" + number, "A", "1"));
            } else {
                writer.insert("direct-" + number, "1");
            }
            writer.execute("SELECT pg_sleep(" + random.nextInt(60) / 1000.0 + ")");
        }
        if (random.nextInt(3) == 0) {
            writer.rollBack();
        } else {
            writer.commit();
        }
    }

    private List<Long> written(String name) {
        String condition =
                name.equals("$all") ? "true" : "stream_name = '" + name + "' OR stream_name LIKE '" + name + "-%'";
        return database
                .query("SELECT global_position FROM message_store.messages WHERE " + condition
                        + " ORDER BY global_position")
                .stream()
                .map(row -> Long.valueOf(row.get(0)))
                .toList();
    }
}
