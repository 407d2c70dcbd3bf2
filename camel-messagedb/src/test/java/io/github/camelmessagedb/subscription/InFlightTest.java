package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.MessageHandler.Completion;
import io.github.camelmessagedb.subscription.SubscriptionOptions.PositionUpdates;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Retries;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Handlers that complete later: what is begun meanwhile, and what becomes of it. */
class InFlightTest {

    private static final int MEBI = 1 << 20;

    private final List<String> log = new ArrayList<>();
    private final FakeSource source = new FakeSource(log);
    private final FakePositions positions = new FakePositions(log);
    private final FakeTime time = new FakeTime();
    private final List<Long> begun = new ArrayList<>();
    private final Map<Long, Completion> open = new LinkedHashMap<>();
    private Executor executor = Runnable::run;
    private Runnable onBegin = () -> {};
    private Runnable stop = () -> {};

    private void begin(List<StoredMessage> messages, Completion completion) {
        begun.add(messages.get(0).globalPosition());
        open.put(messages.get(0).globalPosition(), completion);
        onBegin.run();
    }

    private void complete(long position) {
        open.remove(position).done(null);
    }

    /** Runs, and does one thing at each wait; the last of them is to stop. */
    private void run(Runnable... atWaits) {
        Subscription subscription = new Subscription(new Subscription.Parts(
                new SubscriptionIdentity(StreamName.of("user"), "x", null),
                source,
                positions,
                this::begin,
                new SubscriptionOptions(
                        new Start(new StartPosition.Beginning(), null),
                        new Handling(8, 1, 1000, FailurePolicy.RETRY),
                        Duration.ofMillis(10),
                        new PositionUpdates(100, Duration.ofSeconds(5)),
                        new Retries(Duration.ofMillis(10), Duration.ofMillis(20))),
                new Subscription.Environment(executor, time, e -> {})));
        subscription.prepare();
        stop = subscription::stop;
        Iterator<Runnable> steps =
                Stream.concat(Stream.of(atWaits), Stream.of(subscription::stop)).iterator();
        time.meanwhile(it -> {
            if (steps.hasNext()) {
                steps.next().run();
            } else {
                List.copyOf(open.keySet()).forEach(this::complete);
            }
        });
        subscription.run();
    }

    private static String text(int length) {
        return "\"" + "x".repeat(length) + "\"";
    }

    @Test
    void no_more_is_begun_than_fits_into_memory() {
        for (int i = 1; i <= 4; i++) {
            source.addAt(i, text(9 * MEBI));
        }

        run(
                () -> assertThat(begun).containsExactlyInAnyOrder(1L, 2L),
                () -> {
                    complete(2);
                    complete(1);
                },
                () -> assertThat(begun).containsExactlyInAnyOrder(1L, 2L, 3L, 4L));
    }

    @Test
    void what_does_not_fit_is_begun_alone() {
        source.addAt(1, text(17 * MEBI));
        source.addAt(2, text(17 * MEBI));

        run(
                () -> assertThat(begun).containsExactly(1L),
                () -> complete(1),
                () -> assertThat(begun).containsExactly(1L, 2L));
    }

    @Test
    void what_is_done_while_it_ends_is_stored() {
        source.add(2);

        run(() -> {});

        assertThat(open).as("was done after the stop").isEmpty();
        assertThat(positions.stored().position()).isEqualTo(2);
    }

    @Test
    void what_others_handled_ahead_of_one_that_fails_does_not_come_again_after_a_stop() {
        source.add(3);

        run(() -> {
            complete(2);
            complete(3);
            open.remove(1L).done(new IllegalStateException("on purpose"));
        });
        assertThat(positions.stored())
                .isEqualTo(new RecordedPosition(0, null, List.of(new UUID(0, 2), new UUID(0, 3))));
        begun.clear();
        source.add(2);
        run(() -> {});

        assertThat(begun).as("4 is behind 1 in its stream").containsExactlyInAnyOrder(1L, 5L);
        assertThat(positions.stored()).isEqualTo(new RecordedPosition(3, new UUID(0, 3), List.of(new UUID(0, 5))));
    }

    @Test
    void what_is_noted_stays_noted_where_the_next_run_does_not_come_to_it() {
        source.add(3);
        run(() -> {
            complete(2);
            complete(3);
            open.remove(1L).done(new IllegalStateException("on purpose"));
        });
        source.batchSize(1);
        begun.clear();
        onBegin = () -> stop.run();

        run(() -> {});

        assertThat(begun).containsExactly(1L);
        assertThat(positions.stored().position()).isEqualTo(1);
        assertThat(positions.stored().handledAhead()).containsExactlyInAnyOrder(new UUID(0, 2), new UUID(0, 3));
    }

    @Test
    void what_a_store_has_instead_of_what_was_handled_ahead_and_lost_is_not_passed_over() {
        source.add(3);
        run(() -> {
            complete(2);
            complete(3);
            open.remove(1L).done(new IllegalStateException("on purpose"));
        });
        begun.clear();
        source.rewrite(3);

        run(() -> {});

        assertThat(begun).containsExactlyInAnyOrder(1L, 3L);
    }

    /** Messages 1 and 4 are of one stream, and the second worker gets no thread. */
    @Test
    void whoever_starts_over_waits_for_what_is_being_handled_and_begins_nothing_twice() {
        source.add(4);
        int[] calls = {0};
        executor = task -> {
            if (++calls[0] == 2) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        };
        List<Long> first = new ArrayList<>();

        run(
                () -> {
                    first.addAll(begun);
                    assertThat(begun).hasSize(1);
                    complete(begun.get(0));
                },
                () -> {},
                () -> {});

        assertThat(begun).doesNotHaveDuplicates().containsAll(first).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
        assertThat(positions.stored().position()).isEqualTo(4);
    }

    @Test
    void streams_are_spread_over_all_workers_also_those_of_one_member() {
        List<StreamName> streams = IntStream.range(0, 4000)
                .mapToObj(i -> StreamName.of("user-" + i))
                .filter(stream -> ConsumerGroup.memberOf(stream, 4) == 1)
                .toList();

        int[] counts = new int[4];
        streams.forEach(stream -> counts[Lanes.laneOf(stream, 4)]++);

        assertThat(counts).satisfies(it -> assertThat(IntStream.of(it)).allMatch(count -> count > streams.size() / 8));
    }

    @Test
    void what_was_worth_storing_stays_so_when_more_is_left_out() {
        Window window = new Window(10);
        Progress progress =
                new Progress(new PositionUpdates(100, Duration.ofSeconds(5)), new RecordedPosition(0, null));
        window.addLeftOut(new Window.LeftOut(new RecordedPosition(3, null), true));
        window.addLeftOut(new Window.LeftOut(new RecordedPosition(5, null), false));

        window.advance(progress, 0);

        assertThat(progress.done().position()).isEqualTo(5);
        assertThat(progress.hasMoved()).isTrue();
    }
}
