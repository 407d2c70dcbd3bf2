package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.SubscriptionOptions.PositionUpdates;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Retries;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an observer is told, and setting the position. */
class SubscriptionObserverTest {

    private final FakeSource source = new FakeSource(new ArrayList<>());
    private final FakePositions positions = new FakePositions(new ArrayList<>());
    private final FakeTime time = new FakeTime();
    private final List<String> told = new ArrayList<>();
    private final List<Long> handled = new ArrayList<>();
    private FailurePolicy policy = FailurePolicy.RETRY;
    private int listSize = 1;
    private int failures;

    private final SubscriptionObserver observer = new SubscriptionObserver() {
        @Override
        public void read(int messages, long nanos) {
            told.add("read " + messages);
        }

        @Override
        public void readFailed(Throwable failure, long nanos) {
            told.add("read failed: " + failure.getMessage());
        }

        @Override
        public void handled(int messages, long nanos) {
            told.add("handled " + messages + " in " + nanos / 1_000_000 + " ms");
        }

        @Override
        public void failed(int messages, Throwable failure, long nanos) {
            told.add("failed " + messages + ": " + failure.getMessage());
        }

        @Override
        public void retried(int messages) {
            told.add("retried " + messages);
        }

        @Override
        public void skipped(int messages) {
            told.add("skipped " + messages);
        }

        @Override
        public void saved(long nanos) {
            told.add("saved");
        }

        @Override
        public void saveFailed(Throwable failure, long nanos) {
            told.add("save failed: " + failure.getMessage());
        }
    };

    private void handle(List<StoredMessage> messages) {
        time.pass(Duration.ofMillis(7));
        if (failures-- > 0) {
            throw new IllegalStateException("on purpose");
        }
        messages.forEach(message -> handled.add(message.globalPosition()));
    }

    private Subscription subscription() {
        return new Subscription(new Subscription.Parts(
                new SubscriptionIdentity(StreamName.of("user"), "x", null),
                source,
                positions,
                MessageHandler.of(this::handle),
                new SubscriptionOptions(
                        new Start(new StartPosition.Beginning(), null),
                        new Handling(1, listSize, 1000, policy),
                        Duration.ofMillis(10),
                        new PositionUpdates(100, Duration.ofSeconds(5)),
                        new Retries(Duration.ofMillis(10), Duration.ofMillis(20))),
                new Subscription.Environment(Runnable::run, time, e -> {}, observer)));
    }

    /** To the wait after so many messages were handled. */
    private Subscription runUntilHandled(int count) {
        Subscription subscription = subscription();
        subscription.prepare();
        time.meanwhile(it -> {
            if (handled.size() >= count) {
                subscription.stop();
            }
        });
        subscription.run();
        return subscription;
    }

    @Test
    void is_told_what_is_read_handled_and_stored() {
        source.add(2);

        runUntilHandled(2);

        assertThat(told).containsSubsequence("saved", "read 2", "handled 1 in 7 ms", "handled 1 in 7 ms", "saved");
    }

    @Test
    void is_told_of_a_failure_and_that_the_message_is_given_again() {
        source.add(1);
        failures = 1;

        runUntilHandled(1);

        assertThat(told)
                .containsSubsequence("failed 1: on purpose", "handled 1 in 7 ms")
                .containsOnlyOnce("retried 1");
    }

    @Test
    void is_told_of_a_list_that_is_given_again_one_by_one() {
        source.add(3);
        listSize = 3;
        failures = 1;

        runUntilHandled(3);

        assertThat(told).containsOnlyOnce("failed 3: on purpose").containsOnlyOnce("retried 3");
        assertThat(told.stream().filter("handled 1 in 7 ms"::equals)).hasSize(3);
    }

    @Test
    void is_told_of_a_message_that_is_left_out() {
        source.add(2);
        failures = 1;
        policy = FailurePolicy.SKIP;

        runUntilHandled(1);

        assertThat(told)
                .containsSubsequence("failed 1: on purpose", "handled 1 in 7 ms")
                .containsOnlyOnce("skipped 1");
        assertThat(told).doesNotContain("retried 1");
    }

    @Test
    void is_told_of_failures_of_the_store() {
        source.add(1);
        source.fail(new IllegalStateException("cannot read"));
        positions.failSaves(new IllegalStateException("cannot save"));

        runUntilHandled(1);

        assertThat(told).containsOnlyOnce("save failed: cannot save").containsOnlyOnce("read failed: cannot read");
    }

    @Test
    void what_an_observer_throws_loses_nothing() {
        source.add(3);
        Subscription subscription = new Subscription(new Subscription.Parts(
                new SubscriptionIdentity(StreamName.of("user"), "x", null),
                source,
                positions,
                MessageHandler.of(this::handle),
                new SubscriptionOptions(
                        new Start(new StartPosition.Beginning(), null),
                        Handling.ONE_BY_ONE,
                        Duration.ofMillis(10),
                        new PositionUpdates(100, Duration.ofSeconds(5)),
                        new Retries(Duration.ofMillis(10), Duration.ofMillis(20))),
                new Subscription.Environment(Runnable::run, time, e -> {}, new SubscriptionObserver() {
                    @Override
                    public void handled(int messages, long nanos) {
                        throw new IllegalStateException("on purpose");
                    }
                })));
        subscription.prepare();
        time.meanwhile(it -> subscription.stop());
        subscription.run();

        assertThat(handled).containsExactly(1L, 2L, 3L);
        assertThat(positions.stored().position()).isEqualTo(3);
    }

    @Test
    void a_position_that_was_set_is_where_the_next_run_begins() {
        source.add(5);
        Subscription subscription = runUntilHandled(5);

        long last = subscription.reset(new StartPosition.At(4));

        assertThat(last).isEqualTo(3);
        assertThat(subscription.status().position()).isEqualTo(3);
        assertThat(positions.stored().position()).isEqualTo(3);
        handled.clear();
        time.meanwhile(it -> subscription.stop());
        subscription.prepare();
        subscription.run();
        assertThat(handled).containsExactly(4L, 5L);
    }

    @Test
    void the_position_cannot_be_set_while_it_runs() {
        source.add(1);
        Subscription subscription = subscription();
        subscription.prepare();
        List<Throwable> refusals = new ArrayList<>();
        time.meanwhile(it -> {
            try {
                subscription.reset(new StartPosition.Beginning());
            } catch (IllegalStateException e) {
                refusals.add(e);
            }
            subscription.stop();
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> subscription.reset(new StartPosition.Beginning()))
                .withMessageContaining("is running");
        subscription.run();

        assertThat(refusals).hasSize(1);
        assertThat(positions.stored().position()).isEqualTo(1);
    }
}
