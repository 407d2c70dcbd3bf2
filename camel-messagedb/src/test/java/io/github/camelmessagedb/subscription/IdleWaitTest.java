package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.IdleWatch.Net;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleWaitTest {

    private static final StreamName USER = StreamName.of("user");
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration NET = Duration.ofSeconds(1);

    private final FakeDatabase database = new FakeDatabase();
    private final FakeTime time = new FakeTime();
    private final IdleWatch watch = new IdleWatch(new IdleQuestions(database), task -> {}, time, Net.of(NET));

    private IdleWait idle(IdleWatch with, Duration pollInterval) {
        return new IdleWait(pollInterval, new Parking(with, USER, pollInterval, new Signal()), time.nanos());
    }

    private List<Long> millis(IdleWait idle, long position, int times) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            idle.foundNothing(position, time.nanos());
            waits.add(idle.left(time.nanos()).toMillis());
            time.pass(idle.left(time.nanos()));
        }
        return waits;
    }

    @Test
    void waits_longer_each_time_where_nobody_watches() {
        assertThat(millis(idle(IdleWatch.NONE, POLL), 0, 9)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 100L, 100L);
    }

    @Test
    void looks_once_a_second_where_it_is_watched() {
        assertThat(millis(idle(watch, POLL), 0, 3)).containsExactly(1000L, 1000L, 1000L);
    }

    @Test
    void looks_as_often_as_it_was_told_where_that_is_less_often() {
        assertThat(millis(idle(watch, Duration.ofSeconds(30)), 0, 2)).containsExactly(30_000L, 30_000L);
    }

    @Test
    void looks_at_once_when_it_is_woken() {
        IdleWait idle = idle(watch, POLL);
        idle.foundNothing(0, time.nanos());
        watch.step();
        database.write(USER);
        watch.step();

        assertThat(idle.left(time.nanos())).isZero();
    }

    @Test
    void a_look_of_its_own_that_finds_nothing_asks_for_no_look_of_the_watch() {
        IdleWait idle = idle(watch, POLL);
        idle.foundNothing(0, time.nanos());
        watch.step();
        idle.foundNothing(0, time.nanos());
        watch.step();

        assertThat(database.looks()).isOne();
    }

    @Test
    void looks_for_itself_where_it_cannot_read_what_it_was_woken_for_until_it_comes_further() {
        IdleWait idle = idle(watch, POLL);
        idle.foundNothing(0, time.nanos());
        database.write(USER);
        watch.step();

        assertThat(millis(idle, 0, 3)).containsExactly(1L, 2L, 4L);
        assertThat(millis(idle, 1, 1)).containsExactly(1000L);
    }

    @Test
    void parks_again_where_it_was_woken_without_a_message() {
        IdleWait idle = idle(watch, POLL);
        idle.foundNothing(0, time.nanos());
        database.fail(new IllegalStateException("on purpose"));
        watch.step();
        database.fail(null);

        assertThat(millis(idle, 0, 2)).containsExactly(1L, 2L);
        time.pass(Duration.ofSeconds(1));
        assertThat(millis(idle, 0, 1)).containsExactly(1000L);
    }

    @Test
    void is_not_watched_while_it_reads() {
        IdleWait idle = idle(watch, POLL);
        idle.foundNothing(0, time.nanos());
        idle.foundSomething(time.nanos());

        assertThat(watch.step()).isEmpty();
    }

    @Test
    void reads_on_at_once_after_a_message_that_it_was_woken_for() {
        IdleWait idle = idle(watch, POLL);
        idle.foundNothing(0, time.nanos());
        database.write(USER);
        watch.step();
        idle.foundSomething(time.nanos());

        assertThat(idle.left(time.nanos())).isZero();
    }
}
