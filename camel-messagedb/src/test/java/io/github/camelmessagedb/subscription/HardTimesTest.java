package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.PulledSubscription.Request;
import io.github.camelmessagedb.subscription.SubscriptionOptions.PositionUpdates;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Retries;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Start;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers, logs and listeners that fail where nobody expects it, and stores that are slow: nothing ends in silence. */
@Timeout(20)
class HardTimesTest {

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final FakeSource source = new FakeSource(log);
    private final FakePositions positions = new FakePositions(log);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final ch.qos.logback.classic.Logger logger =
            (ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger(Subscription.class);

    @org.junit.jupiter.api.BeforeEach
    void log() {
        logger.setLevel(ch.qos.logback.classic.Level.DEBUG);
    }

    @AfterEach
    void endThreads() {
        logger.setLevel(null);
        threads.shutdownNow();
    }

    private Subscription subscription(MessageHandler handler, Time time, Consumer<Throwable> onStoreFailure) {
        Subscription subscription = new Subscription(new Subscription.Parts(
                new SubscriptionIdentity(StreamName.of("user"), "x", null),
                source,
                positions,
                handler,
                new SubscriptionOptions(
                        new Start(new StartPosition.Beginning(), null),
                        new Handling(1, 1, 1000, FailurePolicy.RETRY),
                        Duration.ofMillis(10),
                        new PositionUpdates(100, Duration.ofSeconds(5)),
                        new Retries(Duration.ofMillis(10), Duration.ofMillis(20))),
                new Subscription.Environment(threads, time, onStoreFailure)));
        subscription.prepare();
        return subscription;
    }

    /** Logging it takes a while, as a stack trace does. */
    private static final class SlowToLog extends RuntimeException {
        private final CountDownLatch isLogged = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public String getMessage() {
            isLogged.countDown();
            try {
                goOn.await(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "slow";
        }
    }

    @Test
    void what_fails_on_another_thread_before_the_handler_returns_is_still_handled_first() throws Exception {
        source.add(4);
        SlowToLog failure = new SlowToLog();
        AtomicBoolean failed = new AtomicBoolean();
        List<Long> handled = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(4);
        Subscription subscription = subscription(
                (messages, completion) -> {
                    long number = messages.get(0).globalPosition();
                    if (number == 1 && failed.compareAndSet(false, true)) {
                        threads.execute(() -> completion.done(failure));
                        failure.isLogged.await();
                        return; // "asynchronous"
                    }
                    handled.add(number);
                    completion.done(null);
                    all.countDown();
                    if (number == 4) {
                        failure.goOn.countDown();
                    }
                },
                Time.SYSTEM,
                e -> {});
        Thread run = new Thread(subscription::run);
        run.start();
        all.await(10, TimeUnit.SECONDS);
        subscription.stop();
        run.join(5000);
        assertThat(handled).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void a_listener_to_store_failures_that_throws_does_not_end_the_run() throws Exception {
        source.add(3);
        source.fail(new IllegalStateException("no store"));
        CountDownLatch all = new CountDownLatch(3);
        Subscription subscription = subscription(MessageHandler.of(messages -> all.countDown()), Time.SYSTEM, e -> {
            throw new IllegalArgumentException("the user's exception handler is broken");
        });
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread run = new Thread(subscription::run);
        run.setUncaughtExceptionHandler((thread, e) -> ended.set(e));
        run.start();
        boolean handled = all.await(3, TimeUnit.SECONDS);
        subscription.stop();
        run.join(5000);
        assertThat(handled).isTrue();
    }

    @Test
    void a_failure_that_cannot_be_logged_is_retried_too() throws Exception {
        source.add(3);
        CountDownLatch all = new CountDownLatch(3);
        AtomicBoolean failed = new AtomicBoolean();
        Subscription subscription = subscription(
                MessageHandler.of(messages -> {
                    if (failed.compareAndSet(false, true)) {
                        throw new RuntimeException() {
                            @Override
                            public String getMessage() {
                                throw new NullPointerException("a bug in getMessage");
                            }
                        };
                    }
                    all.countDown();
                }),
                Time.SYSTEM,
                e -> {});
        Thread run = new Thread(subscription::run);
        run.start();
        boolean handled = all.await(3, TimeUnit.SECONDS);
        subscription.stop();
        run.join(3000);
        boolean alive = run.isAlive();
        subscription.abandon();
        run.join(3000);
        assertThat(alive).as("does not stop").isFalse();
        assertThat(handled).isTrue();
    }

    @Test
    void a_look_without_patience_returns_however_slow_the_database_is() throws Exception {
        FakeTime time = new FakeTime();
        int[] reads = {0};
        Source slow = new Source() {
            @Override
            public Reading read(RecordedPosition last) {
                if (++reads[0] > 1000) {
                    throw new AssertionError("looks for ever");
                }
                time.pass(Duration.ofMillis(12));
                return source.read(last);
            }

            @Override
            public RecordedPosition positionBefore(StartPosition start) {
                return source.positionBefore(start);
            }

            @Override
            public long positionOf(StoredMessage message) {
                return source.positionOf(message);
            }
        };
        PulledSubscription subscription = new PulledSubscription(new PulledSubscription.Parts(
                new SubscriptionIdentity(StreamName.of("user"), "x", null),
                slow,
                positions,
                new SubscriptionOptions(
                        new Start(new StartPosition.Beginning(), null),
                        Handling.ONE_BY_ONE,
                        Duration.ofMillis(10),
                        new PositionUpdates(100, Duration.ofSeconds(5)),
                        new Retries(Duration.ofSeconds(1), Duration.ofSeconds(8))),
                time));
        subscription.join();
        assertThat(subscription.take(new Request("one", 1, Duration.ofMillis(50), () -> true)))
                .isNull();
        assertThat(reads[0]).isLessThan(10);
    }

    @Test
    void what_is_left_out_behind_a_message_that_is_retried_takes_no_memory() throws Exception {
        Window window = new Window(1000);
        source.add(1);
        IdleWait idle = new IdleWait(Duration.ofMillis(100), Parking.NONE, 0);
        ReadAhead ahead = new ReadAhead(source, idle, new RecordedPosition(0, null));
        ahead.read(Time.SYSTEM);
        ahead.handOut(window);
        for (int i = 2; i < 10_000; i++) {
            source.filterTo(i);
            ahead.read(Time.SYSTEM);
            ahead.handOut(window);
        }
        var items = Window.class.getDeclaredField("items");
        items.setAccessible(true);
        assertThat(((Collection<?>) items.get(window)).size()).isLessThan(10);
    }
}
