package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.WriteQueue.Flush;
import io.github.camelmessagedb.store.WriteQueue.Turn;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WriteQueueTest {

    private final WriteQueue queue = new WriteQueue();

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
        return Objects.requireNonNull(queue.next());
    }

    /** Four categories are written to, and one of the writers is about to go on with what waits. */
    private void busy() {
        for (String category : List.of("a", "b", "c", "d")) {
            assertThat(queue.enter(write(category + "-1"))).isEqualTo(Turn.FIRST);
        }
    }

    @Test
    void who_meets_nobody_is_first_and_need_not_be_followed() {
        assertThat(queue.enter(write("a-1"))).isEqualTo(Turn.FIRST);
        assertThat(queue.leave("a")).isFalse();
        assertThat(queue.enter(write("a-1"))).isEqualTo(Turn.FIRST);
    }

    @Test
    void what_waits_goes_together_in_the_order_of_each_category() {
        busy();
        SharedWrite e1 = waiting("e-1");
        SharedWrite f1 = waiting("f-1");
        SharedWrite e2 = waiting("e-2");
        assertThat(queue.leave("a")).isTrue();

        Flush flush = next();

        assertThat(flush.categories()).containsExactly("e", "f");
        assertThat(flush.writes()).containsExactly(e1, e2, f1);
        assertThat(queue.next()).isNull();
    }

    @Test
    void a_category_that_is_being_written_to_waits() {
        busy();
        SharedWrite e1 = waiting("e-1");
        queue.leave("a");
        Flush flush = next();
        SharedWrite e2 = waiting("e-1");
        SharedWrite f1 = waiting("f-1");
        queue.leave("b");

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
        queue.leave("a");
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
        queue.leave("a");
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
        queue.leave("a");

        assertThat(next().writes()).containsExactly(e);
        assertThat(next().writes()).containsExactly(f);
    }

    @Test
    void a_category_of_which_enough_wait_goes_by_itself() {
        busy();
        waiting("e-1");
        IntStream.range(0, WriteQueue.ENOUGH).forEach(i -> waiting("f-1"));
        waiting("g-1");
        queue.leave("a");

        assertThat(next().categories()).containsExactly("e", "g");
        assertThat(next().categories()).containsExactly("f");
    }

    @Test
    void all_categories_together_are_bounded_in_messages() {
        busy();
        IntStream.range(0, WriteQueue.MOST_MESSAGES + 1).forEach(i -> waiting("e" + i % 20 + "-1"));
        queue.leave("a");

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
        queue.leave("a");

        assertThat(IntStream.range(0, 3).mapToObj(i -> next().writes().size())).containsOnly(1);
    }

    @Test
    void when_too_many_wait_nobody_else_does() {
        busy();
        IntStream.range(0, WriteQueue.MOST_WAITING).forEach(i -> waiting("e-1"));

        assertThat(queue.enter(write("e-1"))).isEqualTo(Turn.ALONE);
        queue.leave("a");
        next();
        assertThat(queue.enter(write("e-1"))).isEqualTo(Turn.WAITS);
    }

    @Test
    void what_is_left_when_the_queue_is_closed_is_left_for_ever() {
        busy();
        SharedWrite e = waiting("e-1");
        queue.leave("a");
        Flush flush = next();
        SharedWrite f = waiting("f-1");

        assertThat(queue.close()).containsExactly(f);
        assertThat(queue.done(flush, List.of(e))).containsExactly(e);
        assertThat(queue.enter(write("e-1"))).isEqualTo(Turn.ALONE);
    }
}
