package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.FakeDatabase.Transaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class IdleWatchTest {

    private static final StreamName USER = StreamName.of("user");
    private static final StreamName ORDER = StreamName.of("order");
    private static final Duration POLL = Duration.ofMillis(100);
    private final RuntimeException away = new IllegalStateException("on purpose");

    private final FakeDatabase database = new FakeDatabase();
    private final FakeTime time = new FakeTime();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final IdleWatch watch = new IdleWatch(database, tasks::add, time);
    private final Signal signal = new Signal();

    private Parking parking(StreamName name) {
        return new Parking(watch, name, POLL, signal);
    }

    private Parking parked(StreamName name, long position) {
        Parking parking = parking(name);
        assertThat(parking.park(position)).isPresent();
        return parking;
    }

    @Test
    void wakes_whoever_has_a_message() {
        Parking user = parked(USER, 0);
        Parking order = parked(ORDER, 0);
        Parking all = parked(ReadQuery.ALL, 0);
        database.write(USER);

        watch.step();

        assertThat(user.isParked()).isFalse();
        assertThat(user.hasArrivals()).isTrue();
        assertThat(all.isParked()).isFalse();
        assertThat(order.isParked()).isTrue();
        assertThat(signal.take()).isTrue();
    }

    @Test
    void wakes_whoever_has_read_less_of_a_category() {
        database.write(USER);
        Parking behind = parked(USER, 0);
        Parking atEnd = parked(USER, 1);

        watch.step();

        assertThat(behind.isParked()).isFalse();
        assertThat(atEnd.isParked()).isTrue();
    }

    @Test
    void asks_the_small_question_while_nothing_is_written() {
        parked(USER, 0);
        for (int i = 0; i < 10; i++) {
            watch.step();
        }

        assertThat(database.looks()).isOne();
        assertThat(database.smallQuestions()).isEqualTo(9);
    }

    @Test
    void looks_once_a_second_whatever_the_small_question_says() {
        Parking user = parked(USER, 0);
        database.write(ORDER);
        watch.step();
        // A store that was rewound, and has come to the same number.
        database.loseAfter(0);
        database.write(USER);
        watch.step();
        assertThat(user.isParked()).isTrue();

        time.pass(Duration.ofSeconds(1));
        watch.step();

        assertThat(user.isParked()).isFalse();
    }

    @Test
    void looks_until_all_have_ended_who_were_writing() {
        Parking user = parked(USER, 0);
        watch.step();
        Transaction writing = database.begin();
        writing.write(USER);
        watch.step();
        watch.step();
        assertThat(user.isParked()).isTrue();

        writing.commit();
        watch.step();

        assertThat(user.isParked()).isFalse();
    }

    @Test
    void looks_for_whoever_parks_though_all_was_settled() {
        parked(USER, 1);
        database.write(USER);
        watch.step();

        Parking late = parked(USER, 0);
        watch.step();

        assertThat(late.isParked()).isFalse();
    }

    @Test
    void wakes_all_where_the_store_may_have_lost_messages() {
        database.write(USER);
        database.write(USER);
        Parking user = parked(USER, 2);
        watch.step();

        database.loseAfter(1);
        watch.step();

        assertThat(user.isParked()).isFalse();
        assertThat(user.hasArrivals()).isFalse();
    }

    @Test
    void asks_twenty_times_in_the_shortest_poll_interval() {
        parked(USER, 0);
        new Parking(watch, ORDER, Duration.ofMillis(400), signal).park(0);

        assertThat(watch.step()).contains(Duration.ofMillis(5));
    }

    @Test
    void asks_less_often_where_nobody_has_written_for_a_second() {
        parked(USER, 0);
        watch.step();
        time.pass(Duration.ofMillis(999));
        assertThat(watch.step()).contains(Duration.ofMillis(5));
        time.pass(Duration.ofMillis(1));
        assertThat(watch.step()).contains(Duration.ofNanos(8_333_333));

        database.write(ORDER);
        watch.step();
        assertThat(watch.step()).contains(Duration.ofMillis(5));
        time.pass(Duration.ofSeconds(1));
        assertThat(watch.step()).contains(Duration.ofNanos(8_333_333));
    }

    @Test
    void asks_often_while_somebody_is_writing() {
        parked(USER, 0);
        watch.step();
        database.begin().write(ORDER);
        watch.step();
        time.pass(Duration.ofSeconds(2));
        watch.step();

        assertThat(watch.step()).contains(Duration.ofMillis(5));
    }

    @Test
    void asks_once_a_millisecond_at_the_most() {
        new Parking(watch, USER, Duration.ofMillis(2), signal).park(0);

        assertThat(watch.step()).contains(Duration.ofMillis(1));
    }

    @Test
    void wakes_all_when_it_cannot_ask_and_lets_nobody_park_for_a_while() {
        Parking user = parked(USER, 0);
        database.fail(away);
        watch.step();
        assertThat(user.isParked()).isFalse();
        assertThat(user.hasArrivals()).isFalse();
        assertThat(user.park(0)).isEmpty();

        database.fail(null);
        time.pass(Duration.ofSeconds(1));

        assertThat(user.park(0)).isPresent();
    }

    @Test
    void waits_longer_after_each_failure() {
        Parking user = parking(USER);
        database.fail(away);
        for (int i = 0; i < 10; i++) {
            user.park(0);
            watch.step();
            time.pass(Duration.ofMinutes(1));
        }
        user.park(0);
        watch.step();

        time.pass(Duration.ofSeconds(30));
        assertThat(user.park(0)).isEmpty();
    }

    @Test
    void begins_again_with_a_short_wait_once_it_could_ask() {
        Parking user = parking(USER);
        for (int i = 0; i < 3; i++) {
            user.park(0);
            database.fail(away);
            watch.step();
            database.fail(null);
            time.pass(Duration.ofSeconds(1));
            assertThat(user.park(0)).isPresent();
            watch.step();
        }
    }

    @Test
    void looks_after_a_failure_whatever_was_settled_before() {
        Parking user = parked(USER, 0);
        watch.step();
        database.fail(away);
        watch.step();
        database.fail(null);
        time.pass(Duration.ofSeconds(1));
        user.park(0);
        watch.step();

        assertThat(database.looks()).isEqualTo(2);
    }

    @Test
    void nobody_can_park_or_stay_so_while_a_question_hangs() {
        Parking early = parked(USER, 0);
        Parking late = parking(ORDER);
        database.meanwhile(() -> {
            time.pass(Duration.ofSeconds(2));
            assertThat(late.park(0)).isEmpty();
            assertThat(early.park(0)).isEmpty();
        });

        watch.step();

        assertThat(late.park(0)).isPresent();
    }

    @Test
    void nobody_can_park_where_it_cannot_run() {
        IdleWatch refused = new IdleWatch(
                database,
                task -> {
                    throw new RejectedExecutionException("on purpose");
                },
                time);

        assertThat(new Parking(refused, USER, POLL, signal).park(0)).isEmpty();
    }

    @Test
    void a_stop_wakes_all_and_lets_nobody_park() {
        Parking user = parked(USER, 0);

        watch.stop();

        assertThat(signal.take()).isTrue();
        assertThat(user.isParked()).isFalse();
        assertThat(user.park(0)).isEmpty();
    }

    @Test
    void runs_while_somebody_is_parked() {
        Parking user = parked(USER, 0);
        parked(ORDER, 0).leave();
        time.meanwhile(it -> user.leave());
        assertThat(tasks).hasSize(1);
        tasks.remove().run();

        user.park(0);

        assertThat(tasks).hasSize(1);
    }

    @Test
    void what_breaks_it_wakes_all_and_the_next_who_parks_begins_it_anew() {
        Parking user = parked(USER, 0);
        time.meanwhile(it -> {
            throw new AssertionError("on purpose");
        });
        try {
            tasks.remove().run();
        } catch (AssertionError e) {
            // As it was to be.
        }
        assertThat(user.isParked()).isFalse();

        user.park(0);

        assertThat(tasks).hasSize(1);
    }
}
