package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BacklogIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private MessageStore store;

    @BeforeEach
    void open() {
        store = database.store();
    }

    private Backlog backlog(String name, long from) {
        return store.backlog(ReadQuery.of(name).withPosition(from));
    }

    private Backlog backlog(String name, Filter filter) {
        return store.backlog(ReadQuery.of(name).withFilter(filter));
    }

    private long positionOf(String stream, int index) {
        return store.reader()
                .readStream(ReadQuery.of(stream))
                .messages()
                .get(index)
                .globalPosition();
    }

    @Test
    void of_a_category_its_own_messages_count_and_no_others() {
        writeAll(store, messages("one-1", "other-1", "one-2", "other-1", "one", "one:command-1", "one-1"));
        long second = positionOf("one-2", 0);

        Backlog backlog = backlog("one", second);

        assertThat(backlog.messages()).isEqualTo(3);
        assertThat(backlog.head()).isEqualTo(positionOf("one-1", 1));
        assertThat(backlog.exact()).isTrue();
    }

    @Test
    void of_a_stream_its_own_positions_count() {
        writeAll(store, messages("one-1", "one-2", "one-1", "one-1"));

        assertThat(backlog("one-1", 1))
                .extracting(Backlog::head, Backlog::messages, Backlog::exact)
                .containsExactly(2L, 2L, true);
    }

    @Test
    void of_everything_all_count() {
        writeAll(store, messages("one-1", "two-1", "two-1"));

        assertThat(backlog("$all", 2))
                .extracting(Backlog::head, Backlog::messages, Backlog::exact)
                .containsExactly(3L, 2L, true);
    }

    @Test
    void after_the_last_message_there_is_none_and_no_age() {
        writeAll(store, messages("one-1"));

        assertThat(backlog("one", 2)).isEqualTo(new Backlog(1, 0, true, Duration.ZERO));
    }

    @Test
    void what_was_never_written_to_has_a_head_before_its_first_position() {
        assertThat(backlog("one", 1).head()).isZero();
        assertThat(backlog("one-1", 0).head()).isEqualTo(-1);
        assertThat(backlog("$all", 1).head()).isZero();
    }

    @Test
    void what_a_filter_leaves_out_does_not_count() {
        writeAll(store, List.of(message("one-1", "A"), message("one-1", "B"), message("one-2", "A")));

        assertThat(backlog("one", Filter.NONE.withTypes(Set.of("A"))).messages())
                .isEqualTo(2);
        assertThat(backlog("one-1", Filter.NONE.withTypes(Set.of("B"))).messages())
                .isEqualTo(1);
        assertThat(backlog("one", Filter.NONE.withCorrelation("x")).messages()).isZero();
    }

    @Test
    void the_members_of_a_group_have_together_what_the_category_has() {
        writeAll(
                store, IntStream.range(0, 40).mapToObj(i -> message("one-" + i)).toList());

        long first =
                backlog("one", Filter.NONE.withGroup(new ConsumerGroup(0, 2))).messages();
        long second =
                backlog("one", Filter.NONE.withGroup(new ConsumerGroup(1, 2))).messages();

        assertThat(first).isBetween(1L, 39L);
        assertThat(first + second).isEqualTo(40);
    }

    @Test
    void beyond_a_thousand_it_is_an_estimate_by_what_was_counted() {
        // Every second number is the category's.
        writeAll(
                store,
                IntStream.range(0, 5000)
                        .mapToObj(i -> message(i % 2 == 0 ? "one-1" : "other-1"))
                        .toList());

        Backlog backlog = backlog("one", 1);

        assertThat(backlog.exact()).isFalse();
        assertThat(backlog.messages()).isBetween(2490L, 2510L);
        assertThat(backlog("one-1", 0).messages()).isEqualTo(2500);
    }

    @Test
    void where_none_of_a_thousand_is_wanted_the_rest_counts_as_wanted() {
        writeAll(store, IntStream.range(0, 1500).mapToObj(i -> message("one-1")).toList());

        assertThat(backlog("one", Filter.NONE.withTypes(Set.of("Rare"))).messages())
                .isEqualTo(1500);
    }

    @Test
    void the_age_is_that_of_the_oldest_by_the_clock_of_the_server() {
        writeAll(store, List.of(message("one-1", "A"), message("one-1", "B")));
        database.execute("UPDATE message_store.messages SET time = time - interval '1 hour' WHERE type = 'A'");
        database.execute("UPDATE message_store.messages SET time = time - interval '1 minute' WHERE type = 'B'");

        assertThat(backlog("one", 1).age()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
        assertThat(backlog("one", Filter.NONE.withTypes(Set.of("B"))).age())
                .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(160));
    }
}
