package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.FailurePolicy;
import io.github.camelmessagedb.subscription.Handling;
import io.github.camelmessagedb.subscription.MessageHandler;
import io.github.camelmessagedb.subscription.Signal;
import io.github.camelmessagedb.subscription.StartPosition;
import io.github.camelmessagedb.subscription.StoreSource;
import io.github.camelmessagedb.subscription.StreamPositionStore;
import io.github.camelmessagedb.subscription.Subscription;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import io.github.camelmessagedb.subscription.SubscriptionOptions;
import io.github.camelmessagedb.subscription.Time;
import io.github.camelmessagedb.testing.Oracle;
import io.github.camelmessagedb.testing.PositionWatch;
import io.github.camelmessagedb.testing.Readership;
import io.github.camelmessagedb.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An hour goes by at once, as on a machine that was asleep. It does not go back: a subscription's clock only runs
 * forwards, and nobody asks for the time of day, which an architecture test holds.
 */
@Timeout(120)
class ClockFaultIT {

    private static final int INTERVAL = 10;
    private static final int JUMPS = 5;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final Oracle oracle = new Oracle();
    private final AtomicLong ahead = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final Time time = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime() + ahead.get();
        }

        @Override
        public void await(Signal signal, Duration atMost) throws InterruptedException {
            Time.SYSTEM.await(signal, atMost);
        }
    };

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private Subscription subscription() {
        MessageStore store = database.store();
        SubscriptionIdentity identity = new SubscriptionIdentity(StreamName.of("account"), null, null);
        Duration longTime = Duration.ofMinutes(50);
        return new Subscription(new Subscription.Parts(
                identity,
                new StoreSource(store.reader(), ReadQuery.of("account")),
                new StreamPositionStore(store, identity, "test"),
                MessageHandler.of(messages -> messages.forEach(message -> oracle.handles("run", message.id()))),
                new SubscriptionOptions(
                        new SubscriptionOptions.Start(new StartPosition.Beginning(), null),
                        new Handling(2, 1, 100, FailurePolicy.RETRY),
                        Duration.ofMillis(5),
                        new SubscriptionOptions.PositionUpdates(INTERVAL, longTime),
                        new SubscriptionOptions.Retries(longTime, longTime)),
                new Subscription.Environment(threads, time, error -> {})));
    }

    @Test
    void nothing_stalls_and_each_hour_brings_one_save_more_at_the_most() throws Exception {
        try (PositionWatch watch =
                PositionWatch.start(oracle, database.ownerDataSource(), Readership.category("account"))) {
            Writers writers = new Writers(database.store(), oracle);
            Subscription subscription = subscription();
            subscription.prepare();
            Future<?> running = threads.submit(subscription::run);
            writers.start(1);
            for (int i = 0; i < JUMPS; i++) {
                int enough = oracle.handled() + 30;
                await().until(() -> oracle.handled() >= enough);
                ahead.addAndGet(Duration.ofHours(1).toNanos());
            }
            writers.stop();
            await().until(oracle::hasHandledAllAcknowledged);
            subscription.stop();
            running.get();

            oracle.checkStored(database.ownerDataSource());
            oracle.checkHandled(database.ownerDataSource(), stream -> true);
            watch.check();
        }
        assertThat(database.number(
                        "SELECT count(*) FROM message_store.messages WHERE stream_name = 'account:position'"))
                .isLessThanOrEqualTo(oracle.handled() / INTERVAL + JUMPS + 2);
    }
}
