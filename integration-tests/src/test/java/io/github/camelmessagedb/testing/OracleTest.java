package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong is complained of, by message, stream and position, and nothing else is. */
class OracleTest {

    private static final StreamName STREAM = StreamName.of("account-1");

    private final List<NewMessage> written = IntStream.range(0, 4)
            .mapToObj(i -> NewMessage.of(STREAM.value(), "Written", Integer.toString(i)))
            .toList();
    private final List<StoredRow> stored = new ArrayList<>(IntStream.range(0, 4)
            .mapToObj(i -> new StoredRow(written.get(i).id(), STREAM, i, 10L + i))
            .toList());
    private final Oracle oracle = new Oracle();
    private final Handlings handlings = new Handlings();

    private List<String> complaintsOfHandling(int... numbers) {
        for (int number : numbers) {
            handlings.add("run", written.get(number).id());
        }
        return handlings.complaints(stored);
    }

    private List<String> complaintsOfStored() {
        return oracle.complaintsOfStored(stored);
    }

    private void writeAll() {
        for (int i = 0; i < written.size(); i++) {
            oracle.attempts(written.get(i));
            oracle.acknowledges(written.get(i), i);
        }
    }

    @Test
    void all_in_order_is_right() {
        assertThat(complaintsOfHandling(0, 1, 2, 3)).isEmpty();
    }

    @Test
    void what_was_never_handled_is_named() {
        assertThat(complaintsOfHandling(0, 1, 2))
                .containsExactly("never handled: message " + written.get(3).id()
                        + " (stream 'account-1', position 3, global position 13)");
    }

    @Test
    void a_message_before_an_earlier_one_is_out_of_order() {
        assertThat(complaintsOfHandling(0, 2, 1, 3))
                .hasSize(2)
                .anyMatch(complaint -> complaint.startsWith("out of order: run handled " + stored.get(2))
                        && complaint.endsWith("before " + stored.get(1)))
                .anyMatch(complaint -> complaint.startsWith("went back: run handled " + stored.get(1)));
    }

    @Test
    void a_message_after_a_hole_is_out_of_order_though_the_hole_is_filled_by_another_run() {
        handlings.add("run", written.get(0).id());
        handlings.add("run", written.get(2).id());
        handlings.add("next run", written.get(1).id());

        assertThat(complaintsOfHandling(3))
                .singleElement()
                .asString()
                .startsWith("out of order: run handled " + stored.get(2));
    }

    @Test
    void a_run_that_goes_back_to_what_was_handled_is_named() {
        handlings.begins("run", 10);

        assertThat(complaintsOfHandling(0, 1, 0, 1, 2, 3))
                .containsExactly("went back: run handled " + stored.get(0) + " after " + stored.get(1));
    }

    @Test
    void the_next_run_may_go_back_as_far_as_it_may_repeat() {
        handlings.begins("next run", 2);
        complaintsOfHandling(0, 1, 2);
        for (int again : new int[] {1, 2, 3}) {
            handlings.add("next run", written.get(again).id());
        }

        assertThat(handlings.complaints(stored)).isEmpty();
    }

    @Test
    void one_repeat_too_many_is_named_with_the_first() {
        handlings.begins("next run", 1);
        complaintsOfHandling(0, 1, 2);
        for (int again : new int[] {1, 2, 3}) {
            handlings.add("next run", written.get(again).id());
        }

        assertThat(handlings.complaints(stored))
                .containsExactly(
                        "repeated: next run handled 2 messages that had been handled, where 1 may come again; the first is "
                                + stored.get(1));
    }

    @Test
    void what_may_be_passed_over_is_not_missed() {
        handlings.mayPassOver(written.get(1).id());

        assertThat(complaintsOfHandling(0, 2, 3)).isEmpty();
    }

    @Test
    void what_is_not_there_cannot_be_handled() {
        stored.remove(3);

        assertThat(complaintsOfHandling(0, 1, 2, 3))
                .containsExactly("handled by run, but not there: message "
                        + written.get(3).id());
    }

    @Test
    void what_was_acknowledged_and_stored_is_right() {
        writeAll();

        assertThat(complaintsOfStored()).isEmpty();
    }

    @Test
    void what_was_acknowledged_and_is_not_stored_is_named() {
        writeAll();
        stored.remove(3);

        assertThat(complaintsOfStored())
                .containsExactly("acknowledged, but not stored: message "
                        + written.get(3).id() + " (stream 'account-1', position 3)");
    }

    @Test
    void what_was_attempted_may_be_stored_or_not() {
        written.forEach(oracle::attempts);
        assertThat(complaintsOfStored()).isEmpty();

        stored.remove(3);
        assertThat(complaintsOfStored()).isEmpty();
    }

    @Test
    void what_is_elsewhere_than_was_said_is_named() {
        written.forEach(oracle::attempts);
        oracle.acknowledges(written.get(1), 7);

        assertThat(complaintsOfStored())
                .containsExactly("acknowledged as message " + written.get(1).id()
                        + " (stream 'account-1', position 7), but stored as " + stored.get(1));
    }

    @Test
    void two_answers_for_one_message_are_named() {
        writeAll();
        oracle.acknowledges(written.get(1), 2);

        assertThat(complaintsOfStored())
                .anyMatch(complaint -> complaint.startsWith("answered with two positions, 1 and 2"));
    }

    @Test
    void what_nobody_wrote_is_named() {
        written.subList(0, 3).forEach(oracle::attempts);

        assertThat(complaintsOfStored()).containsExactly("stored, but nobody wrote it: " + stored.get(3));
    }

    @Test
    void a_hole_and_a_double_are_named() {
        writeAll();
        stored.set(2, stored.get(1));

        assertThat(complaintsOfStored())
                .contains("stored twice: " + stored.get(1))
                .contains("a hole, position 2 of its stream should be here: " + stored.get(2));
    }
}
