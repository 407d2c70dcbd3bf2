package io.github.camelmessagedb.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What judges the bridge has to see what can go wrong with it. */
class CrossingTest {

    private static final Map<String, List<String>> SENT = Map.of("a", List.of("1", "2", "3"), "b", List.of("4"));

    @Test
    void what_arrives_as_it_was_sent_has_no_fault() {
        assertThat(arrived(List.of("1", "2", "3"), List.of("4")).faults()).isEmpty();
    }

    @Test
    void repeats_are_counted_and_leave_the_order_of_first_arrivals() {
        Crossing crossing = arrived(List.of("1", "2", "1", "2", "3"), List.of("4", "4"));

        assertThat(crossing.faults()).isEmpty();
        assertThat(crossing.repeats()).isEqualTo(3);
        assertThat(crossing.messages()).isEqualTo(4);
    }

    @Test
    void what_is_lost_is_a_fault() {
        assertThat(arrived(List.of("1", "3"), List.of("4")).faults())
                .containsExactly("a: 2 of 3 messages arrived, the first 1 as they were sent");
    }

    @Test
    void a_key_that_is_lost_is_a_fault() {
        assertThat(new Crossing(SENT, Map.of("a", List.of("1", "2", "3"))).faults())
                .containsExactly("b: 0 of 1 messages arrived, the first 0 as they were sent");
    }

    @Test
    void another_order_is_a_fault() {
        assertThat(arrived(List.of("1", "3", "2"), List.of("4")).faults())
                .containsExactly("a: 3 of 3 messages arrived, the first 1 as they were sent");
    }

    @Test
    void what_nobody_sent_is_a_fault() {
        assertThat(new Crossing(Map.of(), Map.of("c", List.of("5"))).faults()).containsExactly("c: nobody sent that");
    }

    private static Crossing arrived(List<String> a, List<String> b) {
        return new Crossing(SENT, Map.of("a", a, "b", b));
    }
}
