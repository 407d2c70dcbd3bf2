package io.github.camelmessagedb.examples.scaleout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.examples.scaleout.Figures.Place;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What judges the group has to see what can go wrong with it. */
class FiguresTest {

    private static final Set<Place> WRITTEN =
            Set.of(new Place("a", 0), new Place("a", 1), new Place("a", 2), new Place("b", 0));

    @Test
    void what_is_handled_as_it_was_written_has_no_fault() {
        Figures figures = figures(first("a", 0), first("b", 0), first("a", 1), first("a", 2));

        assertThat(figures).isEqualTo(new Figures(4, 4, 0, 0));
        assertThat(figures.faults(1)).isEmpty();
    }

    @Test
    void what_another_process_repeats_is_counted_and_leaves_the_order() {
        Figures figures =
                figures(first("a", 0), first("a", 1), first("b", 0), second("a", 0), second("a", 1), second("a", 2));

        assertThat(figures).isEqualTo(new Figures(4, 4, 2, 0));
        assertThat(figures.faults(3)).isEmpty();
    }

    @Test
    void as_many_repeats_as_the_bound_are_a_fault() {
        Figures figures =
                figures(first("a", 0), first("a", 1), first("b", 0), second("a", 0), second("a", 1), second("a", 2));

        assertThat(figures.faults(2)).containsExactly("2 messages were repeated");
    }

    @Test
    void what_is_lost_is_a_fault() {
        assertThat(figures(first("a", 0), first("a", 2), first("b", 0)).faults(1))
                .containsExactly("1 messages were lost");
    }

    @Test
    void what_nobody_wrote_makes_up_for_nothing() {
        assertThat(figures(first("a", 0), first("a", 1), first("b", 0), first("c", 0))
                        .lost())
                .isEqualTo(1);
    }

    @Test
    void what_comes_after_a_later_one_of_its_stream_is_a_fault() {
        assertThat(figures(first("a", 0), first("a", 2), second("a", 1), first("b", 0))
                        .faults(1))
                .containsExactly("1 messages were out of order");
    }

    @Test
    void a_process_that_goes_back_is_a_fault() {
        assertThat(figures(first("a", 0), first("a", 1), first("a", 0), first("a", 2), first("b", 0))
                        .violations())
                .isEqualTo(1);
    }

    private static Figures figures(Handling... handlings) {
        return Figures.of(WRITTEN, List.of(handlings));
    }

    private static Handling first(String stream, long position) {
        return new Handling(0, 1, stream, position);
    }

    private static Handling second(String stream, long position) {
        return new Handling(0, 2, stream, position);
    }
}
