package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.WriteQueue.Flush;
import io.github.camelmessagedb.store.WriteQueue.Runner;
import io.github.camelmessagedb.store.WriteQueue.Turn;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WriteQueueTest {

    /** As many as can be written to side by side. */
    private static final String[] BUSY = {"a", "b", "c", "d", "w", "x", "y", "z"};

    private long now = 1_000_000_000_000L;
    private final WriteQueue queue = new WriteQueue(() -> now, 2);
    private Runner runner = new Runner();

    private static SharedWrite write(String stream) {
        return write(NewMessage.of(stream, "Happened", "{}"));
    }

    private static SharedWrite write(NewMessage message) {
        return new SharedWrite(message, ExpectedVersion.ANY, there -> {});
    }

    private SharedWrite waiting(String stream) {
        SharedWrite write = write(stream);
        assertThat(queue.enter(write)).isEqualTo(Turn.WAITS);
        return write;
    }

    private Flush next() {
        return Objects.requireNonNull(queue.next(runner));
    }

    /** Who has written the first message of a category goes on. */
    private void leave(String category) {
        runner = Objects.requireNonNull(queue.leave(category));
    }

    /** As many categories are written to as can be, so that whatever comes waits. */
    private void busy() {
        first(BUSY);
    }

    private void first(String... categories) {
        for (String category : categories) {
            assertThat(queue.enter(write(category + "-1"))).isEqualTo(Turn.FIRST);
        }
    }

    @Test
    void who_meets_nobody_is_first_and_need_not_be_followed() {
        assertThat(queue.enter(write("a-1"))).isEqualTo(Turn.FIRST);
        assertThat(queue.leave("a")).isNull();
        assertThat(queue.enter(write("a-1"))).isEqualTo(Turn.FIRST);
    }

    @Test
    void where_nobody_shares_others_write_side_by_side() {
        busy();
        for (String category : BUSY) {
            assertThat(queue.leave(category)).isNull();
        }
        busy();
    }

    @Test
    void where_some_share_whoever_comes_does_so_too() {
        busy();
        waiting("e-1");
        leave("a");
        next();
        for (String category : List.of("b", "c", "d", "w", "x", "y")) {
            assertThat(queue.leave(category)).as("nothing waits").isNull();
        }
        SharedWrite f = waiting("f-1");
        Runner other = Objects.requireNonNull(queue.leave("z"));
        assertThat(Objects.requireNonNull(queue.next(other)).writes()).containsExactly(f);
        waiting("g-1");
        next();
        assertThat(queue.next(other)).isNull();
        assertThat(queue.next(runner)).isNull();

        first(BUSY);
    }

    @Test
    void what_waits_goes_together_in_the_order_of_each_category() {
        busy();
        SharedWrite e1 = waiting("e-1");
        SharedWrite f1 = waiting("f-1");
        SharedWrite e2 = waiting("e-2");
        leave("a");

        Flush flush = next();

        assertThat(flush.categories()).containsExactly("e", "f");
        assertThat(flush.writes()).containsExactly(e1, e2, f1);
        assertThat(queue.next(runner)).isNull();
    }

    @Test
    void a_category_that_is_being_written_to_waits() {
        busy();
        SharedWrite e1 = waiting("e-1");
        leave("a");
        Flush flush = next();
        SharedWrite e2 = waiting("e-1");
        SharedWrite f1 = waiting("f-1");
        leave("b");

        assertThat(next().writes()).containsExactly(f1);
        assertThat(queue.done(flush, List.of())).isEmpty();

        assertThat(flush.writes()).containsExactly(e1);
        assertThat(next().writes()).containsExactly(e2);
    }

    @Test
    void what_is_left_goes_first_and_apart() {
        busy();
        List<SharedWrite> left =
                IntStream.range(0, 3).mapToObj(i -> waiting("e-1")).toList();
        waiting("f-1");
        leave("a");
        Flush flush = next();
        SharedWrite later = waiting("e-1");
        SharedWrite other = waiting("g-1");
        queue.done(flush, left);

        assertThat(next().writes()).containsExactly(other);
        Flush apart = next();
        assertThat(apart.categories()).containsExactly("e");
        assertThat(apart.writes()).startsWith(left.toArray(SharedWrite[]::new)).endsWith(later);
    }

    @Test
    void a_category_that_has_gone_apart_goes_with_others_again() {
        busy();
        SharedWrite left = waiting("e-1");
        leave("a");
        queue.done(next(), List.of(left));
        Flush apart = next();
        waiting("e-1");
        waiting("f-1");
        queue.done(apart, List.of());

        assertThat(next().categories()).containsExactly("f", "e");
    }

    @Test
    void messages_of_one_id_do_not_go_together_whatever_their_categories() {
        busy();
        SharedWrite e = waiting("e-1");
        SharedWrite f = write(NewMessage.of("f-1", "Happened", "{}").withId(e.id()));
        queue.enter(f);
        leave("a");

        assertThat(next().writes()).containsExactly(e);
        assertThat(next().writes()).containsExactly(f);
    }

    @Test
    void a_category_of_which_enough_wait_goes_by_itself() {
        busy();
        waiting("e-1");
        IntStream.range(0, WriteQueue.ENOUGH).forEach(i -> waiting("f-1"));
        waiting("g-1");
        leave("a");

        assertThat(next().categories()).containsExactly("e", "g");
        assertThat(next().categories()).containsExactly("f");
    }

    @Test
    void all_categories_together_are_bounded_in_messages() {
        busy();
        IntStream.range(0, WriteQueue.MOST_MESSAGES + 1).forEach(i -> waiting("e" + i % 20 + "-1"));
        leave("a");

        Flush flush = next();
        assertThat(flush.writes()).hasSize(WriteQueue.MOST_MESSAGES);
        queue.done(flush, List.of());
        assertThat(next().writes()).hasSize(1);
    }

    @Test
    void all_categories_together_are_bounded_in_size() {
        busy();
        String large = "\"" + "x".repeat((int) WriteQueue.MOST_SIZE / 2) + "\"";
        for (String stream : List.of("e-1", "f-1", "g-1")) {
            queue.enter(write(NewMessage.of(stream, "Large", large)));
        }
        leave("a");

        assertThat(IntStream.range(0, 3).mapToObj(i -> next().writes().size())).containsOnly(1);
    }

    @Test
    void when_too_many_wait_whoever_comes_waits_behind_them_and_stays() {
        busy();
        IntStream.range(0, WriteQueue.MOST_WAITING).forEach(i -> waiting("e-1"));

        SharedWrite last = write("e-1");
        assertThat(queue.enter(last)).isEqualTo(Turn.WAITS_AND_STAYS);
        leave("a");
        Flush flush = next();
        assertThat(queue.enter(write("e-1"))).isEqualTo(Turn.WAITS);
        while (flush.writes().size() == WriteQueue.MOST_MESSAGES) {
            queue.done(flush, List.of());
            flush = next();
        }
        assertThat(flush.writes().get(flush.writes().size() - 2)).isSameAs(last);
    }

    @Test
    void when_too_much_waits_whoever_comes_stays_until_it_is_taken() {
        busy();
        String large = "\"" + "x".repeat(1 << 20) + "\"";
        IntStream.range(0, 32).forEach(i -> queue.enter(write(NewMessage.of("e-1", "Large", large))));

        assertThat(queue.enter(write("e-1"))).isEqualTo(Turn.WAITS_AND_STAYS);
        leave("a");
        Flush flush = next();
        queue.done(flush, flush.writes());
        assertThat(queue.enter(write("e-1"))).as("what was left counts").isEqualTo(Turn.WAITS_AND_STAYS);
        next();
        waiting("e-1");
    }

    @Test
    void what_is_taken_out_waits_no_longer() {
        busy();
        IntStream.range(0, WriteQueue.MOST_WAITING).forEach(i -> waiting("e-1"));

        assertThat(queue.takeAll(List.of("e"))).hasSize(WriteQueue.MOST_WAITING);
        waiting("e-1");
    }

    @Test
    void who_writes_for_long_keeps_others_waiting_no_longer() {
        busy();
        waiting("a-1");
        assertThat(queue.needsRelief()).as("no other category waits").isFalse();
        SharedWrite e = waiting("e-1");
        assertThat(queue.needsRelief()).isTrue();
        assertThat(queue.needsRelief()).as("has been asked for").isFalse();
        now += WriteQueue.LONG.toNanos() - 1;
        assertThat(queue.relief()).isEmpty();
        assertThat(queue.needsRelief()).isTrue();

        now++;
        List<Runner> relief = queue.relief();

        assertThat(relief).hasSize(1);
        runner = relief.get(0);
        assertThat(next().writes()).containsExactly(e);
        assertThat(queue.enter(write("f-1"))).isEqualTo(Turn.FIRST);
    }

    @Test
    void who_has_written_for_long_goes_on_where_there_is_room_for_it() {
        busy();
        waiting("e-1");
        now += WriteQueue.LONG.toNanos();
        Runner relief = queue.relief().get(0);
        Objects.requireNonNull(queue.next(relief));
        first("f");
        SharedWrite i = waiting("i-1");
        SharedWrite a = waiting("a-2");

        leave("a");
        assertThat(queue.leave("b")).as("two others share").isNull();
        assertThat(queue.leave("f")).as("two others share").isNull();
        assertThat(queue.needsRelief()).isTrue();
        assertThat(next().writes()).containsExactly(i, a);
        assertThat(queue.leave("c")).as("there is nothing to do").isNull();
        assertThat(queue.next(runner)).as("there is nothing to do").isNull();
        assertThat(queue.enter(write("j-1"))).as("one other shares").isEqualTo(Turn.FIRST);
    }

    @Test
    void not_everybody_who_writes_for_long_is_followed() {
        int runners = 0;
        for (int category = 0; category < 100; category++) {
            boolean first = queue.enter(write(category + "-1")) == Turn.FIRST;
            if (!first) {
                now += WriteQueue.LONG.toNanos();
                for (Runner relief : queue.relief()) {
                    Objects.requireNonNull(queue.next(relief));
                    runners++;
                }
            } else {
                runners++;
            }
        }

        assertThat(runners).isEqualTo(30);
    }

    @Test
    void what_is_left_when_the_queue_is_closed_is_left_for_ever() {
        busy();
        SharedWrite e = waiting("e-1");
        leave("a");
        Flush flush = next();
        SharedWrite f = waiting("f-1");

        assertThat(queue.close()).containsExactly(f);
        assertThat(queue.done(flush, List.of(e))).containsExactly(e);
        assertThat(queue.enter(write("e-1"))).isEqualTo(Turn.ALONE);
    }
}
