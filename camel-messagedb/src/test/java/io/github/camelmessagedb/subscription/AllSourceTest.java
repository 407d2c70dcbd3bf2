package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.FakeAll.Transaction;
import io.github.camelmessagedb.subscription.Source.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllSourceTest {

    private static final ReadQuery ALL = ReadQuery.of("$all");

    private final FakeAll store = new FakeAll();
    private Source source = new AllSource(store, ALL);
    private RecordedPosition last = new RecordedPosition(0, null);

    /** The numbers that one more read brings. */
    private List<Long> read() {
        return numbers(reading());
    }

    private Reading reading() {
        Reading reading = source.read(last);
        last = reading.last();
        return reading;
    }

    private static List<Long> numbers(Reading reading) {
        return reading.messages().stream().map(StoredMessage::globalPosition).toList();
    }

    private void filter(Filter filter) {
        source = new AllSource(store, ALL.withFilter(filter));
    }

    @Test
    void reads_on_where_there_is_no_gap() {
        store.commit(2);
        assertThat(read()).containsExactly(1L, 2L);

        store.begin(1).write();
        assertThat(read()).isEmpty();
        assertThat(store.looks())
                .as("who is writing, asked for the start alone")
                .isEqualTo(1);
    }

    @Test
    void waits_at_a_gap_and_brings_what_is_committed_there_in_its_order() {
        store.commit(1);
        Transaction slow = store.begin(1).write().write();
        store.commit(2);

        assertThat(read()).containsExactly(1L);
        assertThat(read()).isEmpty();
        slow.commit();
        assertThat(read()).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void says_that_there_is_no_more_while_it_waits() {
        store.begin(1).write();
        store.commit(1);

        assertThat(reading().endReached()).isTrue();
        assertThat(reading().endReached()).isTrue();
        assertThat(last).isEqualTo(new RecordedPosition(0, null));
    }

    @Test
    void passes_what_was_rolled_back_when_nobody_is_writing_in_one_read() {
        store.commit(1);
        store.rollBack(3);
        store.commit(1);

        assertThat(read()).containsExactly(1L, 5L);
    }

    @Test
    void passes_what_was_rolled_back_after_a_wait() {
        Transaction slow = store.begin(1).write();
        store.commit(1);
        assertThat(read()).isEmpty();

        slow.rollBack();

        assertThat(read()).containsExactly(2L);
    }

    @Test
    void brings_what_is_committed_between_the_page_and_the_look_at_who_is_writing() {
        Transaction slow = store.begin(1).write();
        store.commit(1);
        store.meanwhile(() -> {
            if (store.pages() == 1) {
                slow.commit();
            }
        });

        assertThat(read()).containsExactly(1L, 2L);
    }

    @Test
    void brings_what_filled_the_gap_though_others_are_still_open() {
        Transaction fills = store.begin(1).write();
        store.commit(1);
        Transaction other = store.begin(2);
        store.meanwhile(() -> {
            if (store.pages() == 1) {
                fills.commit();
            }
        });
        assertThat(read()).isEmpty();

        assertThat(read()).containsExactly(1L, 2L);
        assertThat(store.open()).containsExactly(other);
    }

    @Test
    void one_wait_decides_all_gaps_before_what_was_the_end_then() {
        source = new AllSource(store, ALL.withBatchSize(2));
        for (int i = 0; i < 5; i++) {
            store.commit(1);
            store.rollBack(1);
        }
        Transaction slow = store.begin(1).write();
        store.commit(1);
        assertThat(read()).containsExactly(1L);
        assertThat(read()).isEmpty();

        slow.commit();
        store.begin(2).write();
        store.commit(1);

        assertThat(read()).containsExactly(3L, 5L);
        assertThat(read()).containsExactly(7L, 9L);
        assertThat(read()).containsExactly(11L, 12L);
        assertThat(store.looks())
                .as("who is writing: at the start, at the first gap, and twice whether they have ended")
                .isEqualTo(4);
        assertThat(read()).isEmpty();
    }

    @Test
    void the_end_that_counts_is_older_than_the_look_at_who_is_writing() {
        source = new AllSource(store, ALL.withBatchSize(2));
        store.rollBack(1);
        store.commit(4);
        store.meanwhile(() -> {
            if (store.looks() == 2 && store.open().isEmpty()) {
                store.begin(1).write();
                store.commit(1);
            }
        });

        assertThat(read()).containsExactly(2L, 3L);
        assertThat(read()).containsExactly(4L, 5L);
        assertThat(read()).isEmpty();
        store.open().get(0).commit();
        assertThat(read()).containsExactly(6L, 7L);
    }

    @Test
    void where_the_end_has_gone_meanwhile_the_last_that_was_read_serves() {
        source = new AllSource(store, ALL.withBatchSize(2));
        store.rollBack(1);
        store.commit(3);
        store.meanwhile(() -> {
            if (store.pages() == 1) {
                store.committed().remove(4L);
            }
        });

        assertThat(read()).containsExactly(2L, 3L);
    }

    @Test
    void does_not_wait_for_the_next_transaction_of_the_same_session() {
        Transaction slow = store.begin(1).write();
        store.commit(1);
        assertThat(read()).isEmpty();

        slow.rollBack();
        store.begin(1).write();

        assertThat(read()).containsExactly(2L);
    }

    @Test
    void does_not_wait_for_who_began_later() {
        Transaction slow = store.begin(1).write();
        store.commit(1);
        assertThat(read()).isEmpty();

        store.begin(2).write();
        store.commit(1);
        slow.rollBack();

        assertThat(read()).containsExactly(2L);
        assertThat(read()).as("4 is behind another gap").isEmpty();
    }

    @Test
    void waits_for_all_who_were_writing() {
        Transaction one = store.begin(1).write();
        Transaction two = store.begin(2);
        store.commit(1);
        assertThat(read()).isEmpty();

        one.rollBack();
        assertThat(read()).isEmpty();
        two.rollBack();

        assertThat(read()).containsExactly(2L);
    }

    @Test
    void waits_for_a_prepared_transaction_that_outlives_the_server() {
        Transaction prepared = store.begin(1).write();
        store.commit(1);
        assertThat(read()).isEmpty();

        prepared.recover();
        assertThat(read()).isEmpty();
        prepared.commit();

        assertThat(read()).containsExactly(1L, 2L);
    }

    @Test
    void reads_no_page_again_while_nobody_has_ended() {
        store.begin(1).write();
        store.commit(1);
        read();
        read();
        int pages = store.pages();

        read();

        assertThat(store.pages()).isEqualTo(pages);
    }

    @Test
    void comes_past_several_gaps() {
        store.rollBack(1);
        store.commit(1);
        Transaction slow = store.begin(1).write();
        store.commit(1);
        store.rollBack(2);
        store.commit(1);
        assertThat(read())
                .as("one of the gaps may still be filled, and it is not known which")
                .isEmpty();

        slow.commit();

        assertThat(read()).containsExactly(2L, 3L, 4L, 7L);
    }

    @Test
    void judges_a_gap_that_begins_behind_what_was_seen_anew() {
        Transaction one = store.begin(1).write();
        store.commit(1);
        assertThat(read()).isEmpty();
        Transaction two = store.begin(2).write();
        store.commit(1);
        one.commit();

        assertThat(read()).containsExactly(1L, 2L);
        two.commit();

        assertThat(read()).containsExactly(3L, 4L);
    }

    @Test
    void finds_a_gap_at_the_end_of_a_page() {
        source = new AllSource(store, ALL.withBatchSize(2));
        store.commit(2);
        Transaction slow = store.begin(1).write();
        store.commit(3);
        assertThat(read()).containsExactly(1L, 2L);
        assertThat(read()).isEmpty();

        slow.commit();

        assertThat(read()).containsExactly(3L, 4L);
        assertThat(read()).containsExactly(5L, 6L);
    }

    @Test
    void passes_a_gap_whose_end_has_moved_out_of_the_page() {
        source = new AllSource(store, ALL.withBatchSize(2));
        Transaction rolledBack = store.begin(1).write();
        Transaction slow = store.begin(2).write().write().write().write();
        store.commit(2);
        assertThat(read()).isEmpty();
        rolledBack.rollBack();
        slow.commit();
        store.begin(3);

        assertThat(read()).containsExactly(2L, 3L);
        assertThat(read()).startsWith(4L, 5L);
    }

    @Test
    void judges_anew_what_it_saw_in_a_store_that_lost_it() {
        store.commit(1);
        Transaction slow = store.begin(1).write();
        store.commit(1);
        assertThat(read()).containsExactly(1L);
        slow.rollBack();

        store.loseAfter(1);
        Transaction again = store.begin(2).write();
        store.commit(1);
        assertThat(read()).isEmpty();
        again.commit();

        assertThat(read()).containsExactly(2L, 3L);
    }

    @Test
    void a_restart_in_a_gap_waits_there_again() {
        store.commit(1);
        Transaction slow = store.begin(1).write();
        store.commit(1);
        assertThat(read()).containsExactly(1L);

        source = new AllSource(store, ALL);
        assertThat(read()).isEmpty();
        slow.commit();

        assertThat(read()).containsExactly(2L, 3L);
    }

    @Test
    void goes_back_where_it_is_told_to() {
        store.commit(2);
        Transaction slow = store.begin(1).write();
        store.commit(1);
        assertThat(read()).containsExactly(1L, 2L);
        assertThat(read()).isEmpty();

        last = new RecordedPosition(0, null);

        assertThat(read()).containsExactly(1L, 2L);
        slow.rollBack();
        assertThat(read()).containsExactly(4L);
    }

    @Test
    void finds_out_that_the_store_has_lost_what_was_read() {
        store.commit(2);
        read();
        store.loseAfter(1);
        store.commit(1);

        assertThatExceptionOfType(StoreRewoundException.class).isThrownBy(this::read);
    }

    @ParameterizedTest
    @CsvSource({
        "account:position, false",
        "account:position-x, false",
        "account:command+position, false",
        "account:command+position-x+0-2, false",
        "all:position-x, false",
        "account:positions, true",
        "position, true",
        "position-1, true",
        "account-1:position, true",
        "account:command-1+position, true",
        "account, true"
    })
    void leaves_out_positions_of_consumers_alone(String stream, boolean delivered) {
        store.commit(stream, "Recorded", null);

        Reading reading = reading();

        assertThat(reading.messages()).hasSize(delivered ? 1 : 0);
        assertThat(reading.last().position()).isEqualTo(1);
    }

    @Test
    void passing_positions_alone_is_not_worth_storing() {
        store.commit("user-1", "A", null);
        store.commit("all:position-x", "Recorded", null);
        assertThat(reading().worthStoring()).isFalse();

        store.commit("user:position", "Recorded", null);
        assertThat(reading().worthStoring()).isFalse();
    }

    @Test
    void passing_what_a_filter_leaves_out_is_worth_storing() {
        filter(Filter.NONE.withTypes(Set.of("B")));
        store.commit("user-1", "A", null);
        store.commit("all:position-x", "Recorded", null);

        Reading reading = reading();

        assertThat(reading.worthStoring()).isTrue();
        assertThat(reading.last().position()).isEqualTo(2);
    }

    @Test
    void takes_the_types_that_were_asked_for() {
        filter(Filter.NONE.withTypes(Set.of("B", "C")));
        store.commit("user-1", "A", null);
        store.commit("user-1", "B", null);
        store.commit("user-1", "C", null);

        assertThat(read()).containsExactly(2L, 3L);
    }

    @Test
    void takes_the_correlation_that_was_asked_for() {
        filter(Filter.NONE.withCorrelation("order"));
        for (String metadata : List.of(
                "{\"correlationStreamName\": \"order-1\"}",
                "{\"a\": {\"correlationStreamName\": \"order-2\"}}",
                "{\"a\": [{}], \"correlationStreamName\": \"order\"}",
                "{\"correlationStreamName\": null}",
                "{\"correlationStreamName\": {\"order\": 1}}",
                "{\"correlationStreamName\": \"orders-1\"}",
                "[\"correlationStreamName\", \"order-1\"]",
                "{\"a\": " + "[".repeat(5000) + "]".repeat(5000) + ", \"correlationStreamName\": \"order-3\"}")) {
            store.commit("user-1", "A", metadata);
        }
        store.commit("user-1", "A", null);

        assertThat(read()).containsExactly(1L, 3L, 8L);
    }

    @Test
    void refuses_groups_and_conditions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter(Filter.NONE.withGroup(new ConsumerGroup(0, 1))))
                .withMessageContaining("group");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter(Filter.NONE.withCondition("true")))
                .withMessageContaining("condition");
    }

    @Test
    void begins_where_it_is_told_to() {
        store.rollBack(2);
        store.commit(2);
        store.begin(1).write();

        assertThat(before(new StartPosition.Beginning())).isZero();
        assertThat(before(new StartPosition.End())).isEqualTo(4);
        assertThat(before(new StartPosition.At(3))).isEqualTo(2);
        assertThat(before(new StartPosition.At(0))).isZero();
        assertThat(before(new StartPosition.Since(Instant.EPOCH))).isEqualTo(2);
        assertThat(before(new StartPosition.Since(Instant.EPOCH.plusSeconds(1))))
                .isEqualTo(4);
    }

    private long before(StartPosition start) {
        return source.positionBefore(start).position();
    }

    @Test
    void does_not_begin_before_it_is_known_that_gaps_can_be_judged() {
        store.commit(1);
        store.refuse(new IllegalStateException("a standby"));
        assertThatThrownBy(this::read).hasMessage("a standby");
        assertThatThrownBy(this::read).hasMessage("a standby");

        store.refuse(null);

        assertThat(read()).containsExactly(1L);
    }

    @Test
    void positions_are_global() {
        StoredMessage message = new StoredMessage(
                new java.util.UUID(0, 1), StreamName.of("user-1"), "A", 3, 7, "{}", null, Instant.EPOCH);

        assertThat(source.positionOf(message)).isEqualTo(7);
    }
}
