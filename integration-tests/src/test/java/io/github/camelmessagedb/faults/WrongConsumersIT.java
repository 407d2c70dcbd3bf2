package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.FailurePolicy;
import io.github.camelmessagedb.subscription.Handling;
import io.github.camelmessagedb.subscription.MessageHandler;
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
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A suite that cannot fail is worth nothing: consumers that are wrong go through the same as the right one, messages that
 * fail, a clean stop and a crash, and the oracle refuses each of them for what is wrong with it.
 */
@Timeout(120)
class WrongConsumersIT {

    private static final StreamName CATEGORY = StreamName.of("account");
    private static final int INTERVAL = 7;
    private static final int MAX_IN_FLIGHT = 20;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final Oracle oracle = new Oracle();
    private final Set<UUID> failedOnce = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void are_refused_for_what_is_wrong_with_them(Variant variant) throws Exception {
        try (PositionWatch watch =
                PositionWatch.start(oracle, database.ownerDataSource(), Readership.category(CATEGORY.value()))) {
            run(variant);

            String complaints = complaintsOf(watch::check) + complaintsOf(this::checkHandled);
            if (variant.complaint().isEmpty()) {
                assertThat(complaints).isEmpty();
            } else {
                assertThat(complaints).contains(variant.complaint()).contains("(stream 'account-");
            }
            oracle.checkStored(database.ownerDataSource());
        }
    }

    private void checkHandled() {
        oracle.checkHandled(database.ownerDataSource(), stream -> true);
    }

    private static String complaintsOf(Runnable check) {
        try {
            check.run();
            return "";
        } catch (AssertionError e) {
            return e.getMessage();
        }
    }

    private void run(Variant variant) throws Exception {
        Writers writers = new Writers(database.store(), oracle);
        writers.start(1);
        Consumer first = new Consumer(variant, "the first run", 0);
        awaitMore(100);
        first.stop(1);
        Consumer second = new Consumer(variant, "after a clean stop", 0);
        awaitMore(100);
        second.crash();
        Consumer third = new Consumer(variant, "after a crash", INTERVAL + MAX_IN_FLIGHT - 1);
        awaitMore(20);
        writers.stop();
        third.awaitLast();
        third.stop(0);
    }

    private void awaitMore(int messages) {
        int enough = oracle.handled() + messages;
        await().until(() -> oracle.handled() >= enough);
    }

    /** Every so many messages fail at the first attempt. */
    private MessageHandler handler(String run) {
        return MessageHandler.of(messages -> {
            for (StoredMessage message : messages) {
                if (message.globalPosition() % 13 == 0 && failedOnce.add(message.id())) {
                    throw new IllegalStateException("on purpose");
                }
                oracle.handles(run, message.id());
            }
        });
    }

    /** One run of a variant. */
    private final class Consumer {

        private final AtomicBoolean stopping = new AtomicBoolean();
        private final MessageStore store = database.store();
        private final Subscription subscription;
        private final Future<?> running;

        Consumer(Variant variant, String run, int mayRepeat) {
            oracle.begins(run, mayRepeat);
            SubscriptionIdentity identity = new SubscriptionIdentity(CATEGORY, null, null);
            subscription = new Subscription(variant.of(
                    new Subscription.Parts(
                            identity,
                            new StoreSource(
                                    store.reader(),
                                    ReadQuery.of(CATEGORY.value()).withBatchSize(40)),
                            new StreamPositionStore(store, identity, "test"),
                            handler(run),
                            options(),
                            new Subscription.Environment(threads, Time.SYSTEM, error -> {})),
                    stopping));
            subscription.prepare();
            running = threads.submit(subscription::run);
        }

        private SubscriptionOptions options() {
            Duration soon = Duration.ofMillis(5);
            return new SubscriptionOptions(
                    new SubscriptionOptions.Start(new StartPosition.Beginning(), null),
                    new Handling(2, 1, MAX_IN_FLIGHT, FailurePolicy.RETRY),
                    soon,
                    new SubscriptionOptions.PositionUpdates(INTERVAL, Duration.ofMinutes(1)),
                    new SubscriptionOptions.Retries(soon, soon));
        }

        void awaitLast() {
            long last = database.number(
                    "SELECT max(global_position) FROM message_store.messages" + " WHERE stream_name LIKE 'account-%'");
            await().until(() -> Objects.requireNonNullElse(subscription.status().position(), 0L) >= last);
        }

        /** With so many messages handled of which it may know that it is to stop. */
        void stop(int messages) throws Exception {
            stopping.set(true);
            awaitMore(messages);
            subscription.stop();
            running.get();
        }

        void crash() throws Exception {
            subscription.abandon();
            running.get();
        }
    }
}
