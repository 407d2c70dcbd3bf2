package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.SubscriptionOptions.PositionUpdates;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Retries;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Start;
import io.github.camelmessagedb.subscription.SubscriptionStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Runs on the thread of the test: the clock jumps, and what happens meanwhile is told to it. */
@Timeout(20)
class SubscriptionTest {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SAVE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration MAX_RETRY = Duration.ofSeconds(8);

    private final List<String> log = new ArrayList<>();
    private final FakeTime time = new FakeTime();
    private final FakeSource source = new FakeSource(log);
    private final FakePositions positions = new FakePositions(log);
    private final List<Long> handled = new ArrayList<>();
    private final List<Integer> portions = new ArrayList<>();

    private final Logger logger = (Logger) LoggerFactory.getLogger(Subscription.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    private final List<Long> failures = new ArrayList<>();
    private final List<Throwable> storeFailures = new ArrayList<>();
    private int workers = 1;
    private int listSize = 1;
    private int maxInFlight = 1000;
    private FailurePolicy policy = FailurePolicy.RETRY;
    private @Nullable StartPosition seekTo;
    private int saveInterval = 100;
    private StartPosition start = new StartPosition.Beginning();
    private String name = "user";
    private Consumer<List<StoredMessage>> onMessages = messages -> {};
    private Executor executor = Runnable::run;

    @BeforeEach
    void captureLog() {
        logged.start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(logged);
    }

    @AfterEach
    void releaseLog() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private Subscription subscription() {
        Subscription subscription = new Subscription(new Subscription.Parts(
                new SubscriptionIdentity(StreamName.of(name), "x", null),
                source,
                positions,
                MessageHandler.of(this::handle),
                options(),
                new Subscription.Environment(executor, time, storeFailures::add)));
        subscription.prepare();
        return subscription;
    }

    private SubscriptionOptions options() {
        return new SubscriptionOptions(
                new Start(start, seekTo),
                new Handling(workers, listSize, maxInFlight, policy),
                POLL,
                new PositionUpdates(saveInterval, SAVE_TIMEOUT),
                new Retries(RETRY, MAX_RETRY));
    }

    private void handle(List<StoredMessage> messages) {
        onMessages.accept(messages);
        portions.add(messages.size());
        messages.forEach(message -> {
            handled.add(message.globalPosition());
            log.add("handle " + message.globalPosition());
        });
    }

    /** Runs until something is so, asked at each wait; the run ends there. */
    private Subscription runUntil(java.util.function.BooleanSupplier done) {
        Subscription subscription = subscription();
        run(subscription, done);
        return subscription;
    }

    private void run(Subscription subscription, java.util.function.BooleanSupplier done) {
        time.meanwhile(it -> {
            if (done.getAsBoolean()) {
                subscription.stop();
            }
        });
        subscription.run();
    }

    /** Runs to the first wait, which is that for messages where nothing fails. */
    private Subscription runToTheEnd() {
        return runUntil(() -> true);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** Fails at a message, so many times. */
    private void failAt(long position, int times, Throwable failure) {
        int[] count = {0};
        onMessages = messages -> {
            if (messages.get(0).globalPosition() == position && count[0]++ < times) {
                log.add("fail " + position);
                failures.add(time.nanos());
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }
        };
    }

    private List<String> lines(Level level) {
        return logged.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void handles_all_in_order_page_by_page() {
        source.add(25);
        source.batchSize(10);

        runToTheEnd();

        assertThat(handled).isEqualTo(range(1, 25));
        assertThat(source.reads()).startsWith(1L, 11L, 21L);
    }

    @Test
    void stores_the_start_before_the_first_read() {
        source.add(3);
        start = new StartPosition.At(2);

        runToTheEnd();

        assertThat(log).startsWith("load", "decide", "save 1", "read 2");
        assertThat(handled).containsExactly(2L, 3L);
    }

    @Test
    void goes_on_after_the_stored_position_and_claims_it_before_the_first_read() {
        source.add(3);
        positions.stored(new RecordedPosition(2, null));

        runToTheEnd();

        assertThat(log).startsWith("load", "save 2", "read 3").doesNotContain("decide");
        assertThat(handled).containsExactly(3L);
    }

    @Test
    void claims_with_the_message_id_that_was_stored() {
        RecordedPosition stored = new RecordedPosition(2, UUID.randomUUID());
        positions.stored(stored);

        runToTheEnd();

        assertThat(positions.stored()).isEqualTo(stored);
    }

    @Test
    void saves_every_so_many_messages_and_at_the_end() {
        source.add(25);
        saveInterval = 10;
        maxInFlight = 5;

        runToTheEnd();

        assertThat(positions.saves()).containsExactly(0L, 10L, 20L, 25L);
    }

    @Test
    void saves_the_position_with_the_id_of_its_message() {
        source.add(5);

        runToTheEnd();

        assertThat(positions.stored()).isEqualTo(new RecordedPosition(5, new UUID(0, 5)));
    }

    @Test
    void keeps_the_positions_of_a_stream_for_a_stream() {
        source.add(2);
        name = "user-1";
        source.byStream();

        runToTheEnd();

        assertThat(positions.saves()).containsExactly(0L, 1002L);
    }

    @Test
    void saves_nothing_more_when_nothing_moved() {
        runUntil(() -> time.waits().size() > 500);

        assertThat(positions.saves()).containsExactly(0L);
    }

    @Test
    void saves_in_time_while_idle() {
        source.add(3);
        long begin = time.nanos();

        runUntil(() -> positions.saves().size() == 2);

        assertThat(positions.saves()).containsExactly(0L, 3L);
        assertThat(Duration.ofNanos(time.nanos() - begin)).isEqualTo(SAVE_TIMEOUT);
    }

    @Test
    void saves_in_time_while_handling_slowly() {
        source.add(10);
        maxInFlight = 1;
        onMessages = messages -> time.pass(Duration.ofSeconds(2));

        runToTheEnd();

        assertThat(positions.saves()).containsExactly(0L, 4L, 8L, 10L);
    }

    @Test
    void saves_in_time_while_a_message_is_retried_but_never_past_it() {
        source.add(5);
        failAt(3, Integer.MAX_VALUE, new IllegalStateException());

        runUntil(() -> time.waits().size() > 10);

        assertThat(positions.saves()).containsExactly(0L, 2L);
    }

    @Test
    void moves_over_what_the_filter_left_out() {
        source.filterTo(500);

        runUntil(() -> positions.saves().size() == 2);

        assertThat(positions.saves()).containsExactly(0L, 500L);
        assertThat(source.reads()).startsWith(1L, 501L);
    }

    @Test
    void does_not_move_over_what_the_filter_left_out_behind_a_message_that_fails() {
        source.add(5);
        source.filterTo(500);
        failAt(3, Integer.MAX_VALUE, new IllegalStateException());

        runUntil(() -> time.waits().size() > 10);

        assertThat(positions.saves()).containsExactly(0L, 2L);
    }

    @Test
    void retries_in_place_before_anything_after_it() {
        source.add(3);
        failAt(2, 3, new IllegalStateException());

        runUntil(() -> handled.size() == 3);

        assertThat(log.stream().filter(entry -> entry.matches("(handle|fail).*")))
                .containsExactly("handle 1", "fail 2", "fail 2", "fail 2", "handle 2", "handle 3");
    }

    @Test
    void retries_an_error_too() {
        source.add(2);
        failAt(1, 2, new NoClassDefFoundError());

        runUntil(() -> handled.size() == 2);

        assertThat(handled).containsExactly(1L, 2L);
    }

    @Test
    void retries_with_waits_that_double_within_bounds() {
        source.add(1);
        failAt(1, 6, new IllegalStateException());
        List<Long> expected = List.of(1000L, 2000L, 4000L, 8000L, 8000L);

        runUntil(() -> !handled.isEmpty());

        assertThat(failures).hasSize(6);
        for (int i = 0; i < expected.size(); i++) {
            long wait = Duration.ofNanos(failures.get(i + 1) - failures.get(i)).toMillis();
            assertThat(wait).isBetween(expected.get(i) * 3 / 4 - 1, expected.get(i));
        }
    }

    @Test
    void begins_with_the_short_wait_again_after_a_success() {
        source.add(2);
        int[] calls = {0};
        List<Long> times = new ArrayList<>();
        onMessages = messages -> {
            int call = ++calls[0];
            times.add(time.nanos());
            if (call <= 5 || call == 7) {
                throw new IllegalStateException("on purpose");
            }
        };

        runUntil(() -> handled.size() == 2);

        assertThat(Duration.ofNanos(times.get(7) - times.get(6))).isLessThanOrEqualTo(RETRY);
    }

    @Test
    void survives_whatever_a_read_throws_and_goes_on_where_it_was() {
        source.add(3);
        source.batchSize(2);
        source.fail(new IllegalStateException(), new OutOfMemoryError(), new StackOverflowError());

        runUntil(() -> handled.size() == 3);

        assertThat(handled).containsExactly(1L, 2L, 3L);
    }

    @Test
    void messages_that_no_thread_could_be_had_for_are_handed_out_again() {
        source.add(3);
        workers = 8;
        RejectedExecutionException full = new RejectedExecutionException("full");
        int[] refusals = {1};
        executor = task -> {
            if (refusals[0]-- > 0) {
                throw full;
            }
            task.run();
        };

        runUntil(() -> handled.size() >= 3);

        assertThat(handled).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(storeFailures).containsExactly(full);
        assertThat(positions.stored()).isEqualTo(new RecordedPosition(3, new UUID(0, 3)));
    }

    @Test
    void survives_a_load_that_fails() {
        source.add(1);
        positions.stored(new RecordedPosition(0, null));
        positions.failLoads(new IllegalStateException(), new NoClassDefFoundError());

        runUntil(() -> handled.size() == 1);

        assertThat(log).startsWith("load", "load", "load", "save 0", "read 1");
    }

    @Test
    void reads_nothing_before_the_start_is_stored() {
        source.add(1);
        positions.failSaves(new IllegalStateException(), new OutOfMemoryError());

        runUntil(() -> handled.size() == 1);

        assertThat(log)
                .startsWith(
                        "load", "decide", "save 0", "load", "decide", "save 0", "load", "decide", "save 0", "read 1");
    }

    @Test
    void handles_nothing_more_before_a_save_that_failed_is_made_up_for() {
        source.add(4);
        saveInterval = 2;
        maxInFlight = 1;
        Subscription subscription = subscription();
        onMessages = messages -> {
            if (messages.get(0).globalPosition() == 2) {
                positions.failSaves(new IllegalStateException(), new IllegalStateException());
            }
        };

        run(subscription, () -> handled.size() == 4);

        assertThat(log.subList(log.indexOf("handle 2"), log.indexOf("handle 3")))
                .containsExactly("handle 2", "save 2", "save 2", "save 2");
    }

    @Test
    void warns_of_the_first_failure_and_tells_of_the_recovery() {
        source.add(1);
        source.fail(new IllegalStateException("one"), new IllegalStateException("two"), new IllegalStateException("3"));

        runUntil(() -> handled.size() == 1);

        assertThat(lines(Level.WARN))
                .singleElement()
                .asString()
                .contains("subscription to 'user', consumer id 'x'", "cannot read messages or store the position");
        assertThat(lines(Level.DEBUG)).hasSize(2);
        assertThat(lines(Level.INFO)).anyMatch(line -> line.contains("works again after 3 failure(s)"));
    }

    @Test
    void warns_of_the_first_failure_of_a_message_and_names_it_without_its_content() {
        source.add(1);
        failAt(1, 3, new IllegalStateException());

        runUntil(() -> handled.size() == 1);

        assertThat(lines(Level.WARN))
                .singleElement()
                .asString()
                .contains("stream=user-1")
                .doesNotContain("{}");
        assertThat(lines(Level.DEBUG)).hasSize(2);
        assertThat(lines(Level.INFO)).anyMatch(line -> line.contains("works again"));
    }

    @Test
    void ends_and_saves_nothing_when_another_has_taken_over() {
        source.add(10);
        saveInterval = 3;
        maxInFlight = 1;
        onMessages = messages -> {
            if (messages.get(0).globalPosition() == 3) {
                positions.failSaves(new OwnershipLostException("taken over", null));
            }
        };
        Subscription subscription = subscription();

        assertThatThrownBy(subscription::run).isInstanceOf(OwnershipLostException.class);

        assertThat(handled).containsExactly(1L, 2L, 3L);
        assertThat(positions.saves()).containsExactly(0L);
        assertThat(subscription.status().state()).isEqualTo(State.FAILED);
        assertThat(subscription.status().lastError()).hasMessage("taken over");
    }

    @Test
    void begins_where_another_came_to_that_had_taken_over() {
        source.add(10);
        saveInterval = 3;
        onMessages = messages -> {
            if (messages.get(0).globalPosition() == 3) {
                positions.failSaves(new OwnershipLostException("taken over", null));
            }
        };
        maxInFlight = 1;
        Subscription subscription = subscription();
        assertThatThrownBy(subscription::run).isInstanceOf(OwnershipLostException.class);
        positions.stored(new RecordedPosition(7, null));

        subscription.prepare();
        run(subscription, () -> true);

        assertThat(handled).containsExactly(1L, 2L, 3L, 8L, 9L, 10L);
    }

    @Test
    void takes_over_from_who_stores_its_position_just_then() {
        source.add(5);
        positions.failSaves(
                new OwnershipLostException("stored just now", null), new OwnershipLostException("and again", null));

        runToTheEnd();

        assertThat(log).startsWith("load", "decide", "save 0", "load", "decide", "save 0", "load", "decide", "save 0");
        assertThat(handled).isEqualTo(range(1, 5));
    }

    @Test
    void handles_nothing_when_another_keeps_taking_over() {
        source.add(1);
        positions.failSaves(Collections.nCopies(100, new OwnershipLostException("taken over", null))
                .toArray(Throwable[]::new));

        assertThatThrownBy(() -> subscription().run()).isInstanceOf(OwnershipLostException.class);

        assertThat(handled).isEmpty();
    }

    @Test
    void ends_with_the_message_being_handled_and_saves_it() {
        source.add(5);
        Subscription subscription = subscription();
        onMessages = messages -> {
            if (messages.get(0).globalPosition() == 3) {
                subscription.stop();
            }
        };

        subscription.run();

        assertThat(handled).containsExactly(1L, 2L, 3L);
        assertThat(positions.saves()).containsExactly(0L, 3L);
        assertThat(subscription.status().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void ends_while_a_message_waits_to_be_retried() {
        source.add(5);
        failAt(3, Integer.MAX_VALUE, new IllegalStateException());

        runUntil(() -> log.contains("fail 3"));

        assertThat(log).containsOnlyOnce("fail 3");
        assertThat(positions.saves()).containsExactly(0L, 2L);
    }

    @Test
    void ends_while_the_store_is_away() {
        source.fail(new IllegalStateException(), new IllegalStateException(), new IllegalStateException());

        runToTheEnd();

        assertThat(source.reads()).hasSize(1);
    }

    @Test
    void ends_while_idle() {
        runToTheEnd();

        assertThat(time.waits()).hasSize(1);
    }

    @Test
    void does_nothing_when_stopped_before_it_runs() {
        source.add(1);
        Subscription subscription = subscription();
        subscription.stop();

        subscription.run();

        assertThat(log).isEmpty();
        assertThat(subscription.status().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void a_message_that_failed_while_it_was_stopped_is_handled_in_the_next_run() {
        source.add(2);
        Subscription subscription = subscription();
        int[] calls = {0};
        onMessages = messages -> {
            if (calls[0]++ == 0) {
                subscription.stop();
                throw new IllegalStateException("on purpose");
            }
        };
        subscription.run();
        assertThat(handled).isEmpty();

        subscription.prepare();
        run(subscription, () -> handled.size() == 2);

        assertThat(handled).containsExactly(1L, 2L);
    }

    @Test
    void goes_on_in_another_run_and_claims_again() {
        source.add(3);
        Subscription subscription = runToTheEnd();
        source.add(2);
        log.clear();

        subscription.prepare();
        run(subscription, () -> true);

        assertThat(log).startsWith("load", "save 3", "read 4");
        assertThat(handled).isEqualTo(range(1, 5));
    }

    @Test
    void goes_on_where_another_came_to_between_two_runs() {
        source.add(3);
        Subscription subscription = runToTheEnd();
        source.add(5);
        positions.stored(new RecordedPosition(6, null));

        subscription.prepare();
        run(subscription, () -> true);

        assertThat(handled).containsExactly(1L, 2L, 3L, 7L, 8L);
    }

    @Test
    void a_save_that_fails_at_the_end_is_made_up_for_in_another_run() {
        source.add(3);
        Subscription subscription = subscription();
        run(subscription, () -> {
            positions.failSaves(new OutOfMemoryError());
            return true;
        });
        assertThat(positions.saves()).containsExactly(0L);
        assertThat(subscription.status().state()).isEqualTo(State.STOPPED);
        log.clear();

        subscription.prepare();
        run(subscription, () -> true);

        assertThat(log).startsWith("save 3", "read 4");
        assertThat(handled).containsExactly(1L, 2L, 3L);
    }

    @Test
    void nothing_counts_or_is_saved_after_it_was_abandoned() {
        source.add(3);
        Subscription subscription = subscription();
        onMessages = messages -> {
            if (messages.get(0).globalPosition() == 2) {
                subscription.abandon();
            }
        };

        subscription.run();

        assertThat(handled).containsExactly(1L, 2L);
        assertThat(positions.saves()).containsExactly(0L);
        assertThat(Objects.requireNonNull(subscription.status().position())).isEqualTo(1);
    }

    @Test
    void an_interrupt_ends_nothing() {
        source.add(3);
        onMessages = messages -> Thread.currentThread().interrupt();

        runToTheEnd();

        assertThat(handled).containsExactly(1L, 2L, 3L);
        assertThat(positions.saves()).containsExactly(0L, 3L);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void an_interrupted_wait_is_no_stop() {
        Subscription subscription = subscription();
        int[] waits = {0};
        time.meanwhile(it -> {
            if (++waits[0] < 3) {
                source.add(1);
                Thread.currentThread().interrupt();
            } else {
                subscription.stop();
            }
        });

        subscription.run();

        assertThat(handled).containsExactly(1L, 2L);
    }

    @Test
    void waits_longer_and_longer_when_there_is_nothing_up_to_the_poll_interval() {
        runUntil(() -> time.waits().size() == 10);

        assertThat(time.waits().stream().map(Duration::toMillis))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 100L, 100L, 100L);
    }

    @Test
    void waits_only_shortly_after_there_was_something() {
        runUntil(() -> {
            if (time.waits().size() == 9) {
                source.add(1);
            }
            return time.waits().size() == 10;
        });

        assertThat(time.waits().get(9)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void does_not_wait_while_pages_are_full() {
        source.add(100);
        source.batchSize(10);

        runToTheEnd();

        assertThat(time.waits()).hasSize(1);
    }

    @Test
    void gives_pages_where_it_is_set_to_batches() {
        listSize = 10;
        source.add(25);
        source.batchSize(10);

        runToTheEnd();

        assertThat(portions).containsExactly(10, 10, 5);
        assertThat(handled).isEqualTo(range(1, 25));
    }

    @Test
    void gives_the_messages_of_a_list_that_failed_one_by_one_and_lists_again_after_them() {
        listSize = 10;
        source.add(25);
        failAt(11, 1, new IllegalStateException());

        runUntil(() -> handled.size() == 25);

        assertThat(portions).containsExactly(10, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5);
        assertThat(handled).isEqualTo(range(1, 25));
    }

    @Test
    void only_the_message_that_is_to_blame_is_left_out_of_a_list() {
        listSize = 10;
        policy = FailurePolicy.SKIP;
        source.add(12);
        onMessages = messages -> {
            if (messages.stream().anyMatch(message -> message.globalPosition() == 4)) {
                throw new IllegalStateException("on purpose");
            }
        };

        runToTheEnd();

        assertThat(handled).containsExactly(1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(positions.stored()).isEqualTo(new RecordedPosition(12, new UUID(0, 12)));
    }

    @Test
    void leaves_out_what_fails_and_says_so() {
        policy = FailurePolicy.SKIP;
        source.add(3);
        failAt(2, Integer.MAX_VALUE, new IllegalStateException("on purpose"));

        runToTheEnd();

        assertThat(handled).containsExactly(1L, 3L);
        assertThat(positions.saves()).containsExactly(0L, 3L);
        assertThat(lines(Level.WARN)).singleElement().asString().contains("failurePolicy is skip", "globalPosition=2");
    }

    @Test
    void ends_before_what_fails_and_begins_with_it_again() {
        policy = FailurePolicy.STOP;
        source.add(3);
        failAt(2, 1, new IllegalStateException("on purpose"));
        Subscription subscription = subscription();

        assertThatThrownBy(subscription::run)
                .isInstanceOf(HandlingFailedException.class)
                .hasMessageContaining("globalPosition=2")
                .hasRootCauseMessage("on purpose");
        assertThat(handled).containsExactly(1L);
        assertThat(positions.saves()).containsExactly(0L, 1L);
        assertThat(subscription.status().state()).isEqualTo(State.FAILED);

        subscription.prepare();
        run(subscription, () -> true);
        assertThat(handled).containsExactly(1L, 2L, 3L);
    }

    @Test
    void what_is_not_worth_a_save_causes_none_but_is_passed_over() {
        source.filterToWithoutWorth(500);

        runUntil(() -> {
            if (time.waits().size() == 200) {
                source.addAt(501);
            }
            return time.waits().size() == 300;
        });

        assertThat(source.reads()).contains(1L, 501L, 502L);
        assertThat(positions.saves()).containsExactly(0L, 501L);
    }

    @Test
    void counts_the_messages_of_batches_towards_a_save() {
        listSize = 10;
        source.add(25);
        source.batchSize(10);
        saveInterval = 15;

        runToTheEnd();

        assertThat(positions.saves()).containsExactly(0L, 20L, 25L);
    }

    @Test
    void tells_how_it_is_doing() {
        source.add(3);
        failAt(2, 1, new IllegalStateException("on purpose"));
        Subscription subscription = subscription();
        List<SubscriptionStatus> statuses = new ArrayList<>();
        time.meanwhile(it -> {
            SubscriptionStatus status = subscription.status();
            if (statuses.isEmpty() || statuses.get(statuses.size() - 1).state() != status.state()) {
                statuses.add(status);
            }
            if (statuses.size() == 2) {
                source.fail(new IllegalStateException("away"));
            }
            if (statuses.size() == 4) {
                subscription.stop();
            }
        });
        SubscriptionStatus before = subscription.status();
        subscription.run();

        assertThat(before).isEqualTo(new SubscriptionStatus(State.STOPPED, null, null, null));
        assertThat(statuses.stream().map(SubscriptionStatus::state))
                .containsExactly(State.RETRYING, State.RUNNING, State.RECOVERING, State.RUNNING);
        assertThat(statuses.get(0).position()).isEqualTo(1);
        assertThat(statuses.get(0).storedPosition()).isEqualTo(0);
        assertThat(statuses.get(0).lastError()).hasMessage("on purpose");
        assertThat(statuses.get(1).position()).isEqualTo(3);
        assertThat(statuses.get(1).lastError()).isNull();
        assertThat(statuses.get(2).lastError()).hasMessage("away");
        assertThat(subscription.status()).isEqualTo(new SubscriptionStatus(State.STOPPED, 3L, 3L, null));
    }
}
