package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.PulledSubscription.Request;
import io.github.camelmessagedb.subscription.SubscriptionOptions.PositionUpdates;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Retries;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the thread of the test: the clock jumps over waits. Messages n and n + 3 are of one stream. */
@Timeout(20)
class PulledSubscriptionTest {

    private static final Duration SAVE_TIMEOUT = Duration.ofSeconds(5);
    private static final Object ONE = "one";
    private static final Object OTHER = "other";

    private final List<String> log = new ArrayList<>();
    private final FakeTime time = new FakeTime();
    private final FakeSource source = new FakeSource(log);
    private final FakePositions positions = new FakePositions(log);

    private int maxInFlight = 1000;
    private int saveInterval = 100;
    private StartPosition start = new StartPosition.Beginning();

    private PulledSubscription joined() {
        PulledSubscription subscription = new PulledSubscription(new PulledSubscription.Parts(
                new SubscriptionIdentity(StreamName.of("user"), "x", null),
                source,
                positions,
                new SubscriptionOptions(
                        new Start(start, null),
                        new Handling(1, 1, maxInFlight, FailurePolicy.RETRY),
                        Duration.ofMillis(100),
                        new PositionUpdates(saveInterval, SAVE_TIMEOUT),
                        new Retries(Duration.ofSeconds(1), Duration.ofSeconds(8))),
                time));
        assertThat(subscription.join()).isTrue();
        return subscription;
    }

    private static @Nullable Taken tryTake(PulledSubscription subscription, Object taker, int atMost, long millis) {
        try {
            return subscription.take(new Request(taker, atMost, Duration.ofMillis(millis), () -> true));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Taken take(PulledSubscription subscription, Object taker) {
        return Objects.requireNonNull(tryTake(subscription, taker, 1, 0));
    }

    private static List<Long> numbers(@Nullable Taken taken) {
        return taken == null
                ? List.of()
                : taken.messages().stream().map(StoredMessage::globalPosition).toList();
    }

    /** Takes all there is, each by itself, and settles it before the next. */
    private static List<Long> handleAll(PulledSubscription subscription) {
        List<Long> all = new ArrayList<>();
        for (Taken taken = tryTake(subscription, ONE, 1, 0); taken != null; taken = tryTake(subscription, ONE, 1, 0)) {
            all.addAll(numbers(taken));
            handled(subscription, taken);
        }
        return all;
    }

    private static void handled(PulledSubscription subscription, Taken... taken) {
        subscription.settle(List.of(taken), List.of());
    }

    private static void failed(PulledSubscription subscription, Taken... taken) {
        subscription.settle(List.of(), List.of(taken));
    }

    @Test
    void nothing_is_read_or_stored_before_something_is_taken() {
        joined().leave();

        assertThat(log).isEmpty();
    }

    @Test
    void gives_all_in_order_page_by_page() {
        source.add(25);
        source.batchSize(10);

        assertThat(handleAll(joined())).hasSize(25).isSorted();
    }

    @Test
    void claims_the_start_before_the_first_read() {
        source.add(3);
        start = new StartPosition.At(2);

        Taken first = take(joined(), ONE);

        assertThat(numbers(first)).containsExactly(2L);
        assertThat(log).startsWith("load", "decide", "save 1", "read 2");
    }

    @Test
    void a_look_finds_what_was_written_after_the_last_look() {
        PulledSubscription subscription = joined();
        for (int i = 0; i < 10; i++) {
            assertThat(tryTake(subscription, ONE, 1, 0)).isNull();
        }
        source.add(1);

        assertThat(numbers(take(subscription, ONE))).containsExactly(1L);
    }

    @Test
    void a_look_goes_past_pages_that_a_filter_left_out() {
        PulledSubscription subscription = joined();
        source.filterTo(500);
        assertThat(tryTake(subscription, ONE, 1, 0)).isNull();
        time.pass(SAVE_TIMEOUT);
        assertThat(tryTake(subscription, ONE, 1, 0)).isNull();

        assertThat(positions.saves()).containsExactly(0L, 500L);
    }

    @Test
    void waits_no_longer_than_it_is_to() {
        long before = time.nanos();
        assertThat(tryTake(joined(), ONE, 1, 250)).isNull();

        assertThat(time.nanos() - before).isEqualTo(Duration.ofMillis(250).toNanos());
        assertThat(source.reads()).hasSizeGreaterThan(5);
    }

    @Test
    void waits_until_there_is_something() {
        PulledSubscription subscription = joined();
        time.meanwhile(it -> {
            if (it.waits().size() == 20) {
                source.add(1);
            }
        });

        assertThat(numbers(tryTake(subscription, ONE, 1, 3_600_000))).containsExactly(1L);
    }

    @Test
    void waits_until_a_message_of_the_stream_is_settled() {
        source.add(4);
        PulledSubscription subscription = joined();
        Taken first = take(subscription, ONE);
        handled(subscription, take(subscription, OTHER), take(subscription, OTHER));
        time.meanwhile(it -> {
            if (it.waits().size() == 20) {
                handled(subscription, first);
            }
        });

        assertThat(numbers(tryTake(subscription, OTHER, 1, 3_600_000))).containsExactly(4L);
    }

    @Test
    void waits_no_longer_when_it_is_not_to_go_on() throws InterruptedException {
        PulledSubscription subscription = joined();

        assertThat(subscription.take(new Request(
                        ONE, 1, Duration.ofDays(1), () -> time.waits().size() < 3)))
                .isNull();
    }

    @Test
    void the_position_moves_over_what_was_handled_without_a_hole() {
        source.add(3);
        saveInterval = 1;
        PulledSubscription subscription = joined();
        Taken first = take(subscription, ONE);
        Taken second = take(subscription, ONE);
        Taken third = take(subscription, ONE);

        handled(subscription, third);
        handled(subscription, second);
        assertThat(positions.saves()).containsExactly(0L);
        handled(subscription, first);

        assertThat(positions.saves()).containsExactly(0L, 3L);
    }

    @Test
    void what_was_taken_and_not_settled_is_not_passed() {
        source.add(3);
        PulledSubscription subscription = joined();
        handled(subscription, take(subscription, ONE));
        Taken lost = take(subscription, ONE);
        handled(subscription, take(subscription, ONE));
        subscription.leave();

        assertThat(positions.saves()).containsExactly(0L, 1L);
        assertThat(numbers(take(joined(), ONE))).isEqualTo(numbers(lost));
    }

    @Test
    void what_failed_is_given_first_and_nothing_of_its_stream_before_it() {
        source.add(4);
        PulledSubscription subscription = joined();
        Taken first = take(subscription, ONE);
        handled(subscription, take(subscription, ONE));
        failed(subscription, first);

        assertThat(handleAll(subscription)).containsExactly(1L, 3L, 4L);
    }

    @Test
    void what_failed_together_is_given_in_order() {
        source.add(4);
        PulledSubscription subscription = joined();
        List<Taken> all = List.of(
                take(subscription, ONE), take(subscription, ONE), take(subscription, ONE), take(subscription, ONE));
        failed(subscription, all.get(3), all.get(0));
        handled(subscription, all.get(1), all.get(2));

        assertThat(handleAll(subscription)).containsExactly(1L, 4L);
    }

    @Test
    void what_is_after_a_taken_message_of_its_stream_is_for_the_same_taker() {
        source.add(4);
        PulledSubscription subscription = joined();
        take(subscription, ONE);

        assertThat(numbers(take(subscription, OTHER))).containsExactly(2L);
        assertThat(numbers(take(subscription, OTHER))).containsExactly(3L);
        assertThat(tryTake(subscription, OTHER, 1, 0)).isNull();
        assertThat(numbers(take(subscription, ONE))).containsExactly(4L);
    }

    @Test
    void a_stream_is_free_when_all_that_was_taken_of_it_is_settled() {
        source.add(7);
        PulledSubscription subscription = joined();
        Taken first = take(subscription, ONE);
        handled(subscription, take(subscription, ONE), take(subscription, ONE));
        Taken fourth = take(subscription, ONE);
        handled(subscription, take(subscription, ONE), take(subscription, ONE));

        handled(subscription, first);
        assertThat(tryTake(subscription, OTHER, 1, 0)).isNull();
        handled(subscription, fourth);

        assertThat(numbers(take(subscription, OTHER))).containsExactly(7L);
    }

    @Test
    void no_more_are_taken_than_may_be_in_flight() {
        source.add(5);
        maxInFlight = 2;
        PulledSubscription subscription = joined();
        Taken first = take(subscription, ONE);
        Taken second = take(subscription, ONE);

        assertThat(tryTake(subscription, ONE, 1, 1000)).isNull();
        handled(subscription, second);
        assertThat(tryTake(subscription, ONE, 1, 0)).isNull();
        handled(subscription, first);

        assertThat(handleAll(subscription)).containsExactly(3L, 4L, 5L);
    }

    @Test
    void gives_lists() {
        source.add(5);
        PulledSubscription subscription = joined();

        assertThat(numbers(tryTake(subscription, ONE, 3, 0))).containsExactly(1L, 2L, 3L);
        assertThat(numbers(tryTake(subscription, ONE, 3, 0))).containsExactly(4L, 5L);
    }

    @Test
    void the_messages_of_a_list_that_failed_are_given_one_by_one() {
        source.add(5);
        PulledSubscription subscription = joined();
        failed(subscription, Objects.requireNonNull(tryTake(subscription, ONE, 2, 0)));
        List<List<Long>> portions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Taken taken = Objects.requireNonNull(tryTake(subscription, ONE, 4, 0));
            portions.add(numbers(taken));
            handled(subscription, taken);
        }

        assertThat(portions).containsExactly(List.of(1L), List.of(2L), List.of(3L, 4L, 5L));
    }

    @Test
    void what_is_settled_twice_counts_as_it_was_first() {
        source.add(2);
        PulledSubscription subscription = joined();
        Taken first = take(subscription, ONE);
        failed(subscription, first);
        handled(subscription, first);
        subscription.leave();

        assertThat(positions.saves()).containsExactly(0L);
    }

    @Test
    void stores_the_position_in_time_at_the_next_call() {
        source.add(2);
        PulledSubscription subscription = joined();
        handled(subscription, take(subscription, ONE));
        time.pass(SAVE_TIMEOUT);

        take(subscription, ONE);

        assertThat(positions.saves()).containsExactly(0L, 1L);
    }

    @Test
    void stores_the_position_when_the_last_user_leaves() {
        source.add(1);
        PulledSubscription subscription = joined();
        subscription.join();
        handled(subscription, take(subscription, ONE));

        subscription.leave();
        assertThat(positions.saves()).containsExactly(0L);
        subscription.leave();

        assertThat(positions.saves()).containsExactly(0L, 1L);
        assertThat(subscription.isOver()).isTrue();
        assertThat(subscription.join()).isFalse();
    }

    @Test
    void what_is_settled_after_the_last_user_has_left_is_stored() {
        source.add(1);
        PulledSubscription subscription = joined();
        Taken taken = take(subscription, ONE);
        subscription.leave();
        assertThat(subscription.isOver()).isFalse();

        handled(subscription, taken);

        assertThat(positions.saves()).containsExactly(0L, 1L);
        assertThat(subscription.isOver()).isTrue();
    }

    @Test
    void who_comes_before_all_is_settled_goes_on_where_it_was() {
        source.add(2);
        PulledSubscription subscription = joined();
        Taken first = take(subscription, ONE);
        subscription.leave();
        assertThat(subscription.join()).isTrue();

        assertThat(numbers(take(subscription, ONE))).containsExactly(2L);
        handled(subscription, first);
        assertThat(positions.saves()).containsExactly(0L);
    }

    @Test
    void a_read_that_fails_is_told_to_who_asks_and_the_next_goes_on() {
        source.add(2);
        PulledSubscription subscription = joined();
        handled(subscription, take(subscription, ONE));
        handled(subscription, take(subscription, ONE));
        source.fail(new IllegalStateException("on purpose"));
        source.add(1);

        assertThatThrownBy(() -> tryTake(subscription, ONE, 1, 1000)).hasMessage("on purpose");
        assertThat(numbers(take(subscription, ONE))).containsExactly(3L);
    }

    @Test
    void a_claim_that_fails_is_made_by_the_next() {
        source.add(1);
        positions.failSaves(new IllegalStateException("on purpose"));
        PulledSubscription subscription = joined();

        assertThatThrownBy(() -> take(subscription, ONE)).hasMessage("on purpose");
        assertThat(numbers(take(subscription, ONE))).containsExactly(1L);
        assertThat(positions.saves()).containsExactly(0L);
    }

    @Test
    void a_save_that_fails_does_not_fail_what_was_handled_but_the_next_that_asks() {
        source.add(2);
        saveInterval = 1;
        PulledSubscription subscription = joined();
        Taken first = take(subscription, ONE);
        positions.failSaves(new IllegalStateException("on purpose"), new IllegalStateException("again"));

        handled(subscription, first);
        assertThatThrownBy(() -> take(subscription, ONE)).hasMessage("again");
        assertThat(numbers(take(subscription, ONE))).containsExactly(2L);

        assertThat(positions.saves()).containsExactly(0L, 1L);
    }

    @Test
    void a_lost_position_ends_it_until_all_have_left() {
        source.add(3);
        saveInterval = 1;
        PulledSubscription subscription = joined();
        Taken first = take(subscription, ONE);
        Taken second = take(subscription, ONE);
        OwnershipLostException lost = new OwnershipLostException("Another one", null);
        positions.failSaves(lost);

        handled(subscription, first);
        assertThatThrownBy(() -> take(subscription, ONE)).isSameAs(lost);
        handled(subscription, second);
        subscription.leave();

        assertThat(positions.saves()).containsExactly(0L);
        assertThat(subscription.isOver()).isTrue();
    }
}
