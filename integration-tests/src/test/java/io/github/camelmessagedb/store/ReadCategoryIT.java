package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.all;
import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.write;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelmessagedb.testing.RecordingDataSource;
import io.github.camelmessagedb.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadCategoryIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private MessageStore store;
    private MessageReader reader;

    @BeforeEach
    void open() {
        store = database.store();
        reader = store.reader();
    }

    @Test
    void reads_a_category_and_nothing_else_in_order() {
        List<NewMessage> written = messages("one-1", "one-2", "one", "one-1", "one-");
        writeAll(store, written);
        writeAll(store, messages("on-1", "onee-1", "one:command-1", "one+x-1", "One-1", "one -1"));

        Page page = reader.readCategory(ReadQuery.of("one"));

        assertThat(page.messages())
                .extracting(StoredMessage::id)
                .containsExactlyElementsOf(written.stream().map(NewMessage::id).toList());
        assertThat(page.endReached()).isTrue();
        assertThat(page.nextPosition()).isEqualTo(last(page).globalPosition() + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account:command", "user_stream", "ü %+$'\"\\", "語😀", "Z", "a"})
    void reads_a_category_of_any_name(String category) {
        NewMessage own = message(category + "-1");
        writeAll(store, List.of(message("a0-1"), own, message("ü-1"), message("zz-1"), message("account-1")));

        assertThat(all(store, category)).extracting(StoredMessage::id).containsExactly(own.id());
    }

    @Test
    void goes_on_at_the_next_position() {
        for (int i = 0; i < 5; i++) {
            writeAll(store, messages("other-1", "one-" + i));
        }

        ReadQuery query = ReadQuery.of("one").withBatchSize(2);
        Page first = reader.readCategory(query);
        Page second = reader.readCategory(query.withPosition(first.nextPosition()));
        Page third = reader.readCategory(query.withPosition(second.nextPosition()));

        assertThat(streams(first)).containsExactly("one-0", "one-1");
        assertThat(first.endReached()).isFalse();
        assertThat(streams(second)).containsExactly("one-2", "one-3");
        assertThat(streams(third)).containsExactly("one-4");
        assertThat(third.endReached()).isTrue();
        assertThat(reader.readCategory(query.withPosition(third.nextPosition())))
                .isEqualTo(Page.nothing(third.nextPosition(), true));
    }

    @Test
    void reads_from_a_position_inclusive() {
        writeAll(store, messages("one-1", "one-2", "one-3"));
        long second = all(store, "one").get(1).globalPosition();

        assertThat(streams(reader.readCategory(ReadQuery.of("one").withPosition(second))))
                .containsExactly("one-2", "one-3");
    }

    @Test
    void reads_all_of_it_with_batch_size_minus_one() {
        writeAll(store, messages(2345, "one-1"));

        Page page = reader.readCategory(ReadQuery.of("one").withBatchSize(-1));

        assertThat(page.messages()).hasSize(2345);
        assertThat(page.endReached()).isTrue();
        assertThat(reader.readCategory(ReadQuery.of("one")).messages())
                .as("by default")
                .hasSize(1000);
    }

    @Test
    void stays_where_it_is_in_a_category_that_does_not_exist() {
        write(store, "one-1");

        assertThat(reader.readCategory(ReadQuery.of("no").withPosition(7))).isEqualTo(Page.nothing(7, true));
    }

    @Test
    void refuses_a_stream_and_says_what_its_category_is() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.readCategory(ReadQuery.of("one-1")))
                .withMessageContaining("'one-1'")
                .withMessageContaining("'one'");
    }

    @Test
    void the_members_of_a_group_read_each_message_once_and_each_stream_as_a_whole() {
        List<NewMessage> written = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            written.add(message("one-" + i % 40 + (i % 3 == 0 ? "+" + i : "")));
            written.add(message(i % 50 == 0 ? "one" : "one-x" + i % 7));
        }
        writeAll(store, written);

        List<StoredMessage> read = new ArrayList<>();
        for (int member = 0; member < 3; member++) {
            ConsumerGroup group = new ConsumerGroup(member, 3);
            List<StoredMessage> own = reader.readCategory(ReadQuery.of("one").withFilter(Filter.NONE.withGroup(group)))
                    .messages();
            assertThat(own).isNotEmpty().allMatch(message -> group.reads(message.stream()));
            assertThat(own).isSortedAccordingTo((a, b) -> Long.compare(a.globalPosition(), b.globalPosition()));
            read.addAll(own);
        }

        assertThat(read)
                .extracting(StoredMessage::id)
                .containsExactlyInAnyOrderElementsOf(
                        written.stream().map(NewMessage::id).toList());
    }

    @Test
    void member_0_reads_the_stream_without_an_id() {
        write(store, "one");

        assertThat(readAs(0, 2).messages()).hasSize(1);
        assertThat(readAs(1, 2).messages()).isEmpty();
        assertThat(readAs(0, 1).messages()).hasSize(1);
    }

    @Test
    void a_member_moves_on_over_the_streams_of_others() {
        List<NewMessage> written = messages(500, "one-1");
        writeAll(store, written);
        int owner = ConsumerGroup.memberOf(StreamName.of("one-1"), 2);
        long end = reader.lastPosition(StreamName.of("one")).orElseThrow() + 1;

        assertThat(readAs(1 - owner, 2))
                .isEqualTo(new Page(
                        List.of(),
                        end,
                        true,
                        written.get(499).id(),
                        new Page.Seen(end - 500, written.get(0).id())));
    }

    @Test
    void reads_by_correlation_of_a_category() {
        String[] correlations = {"order-1", "order-2+x", "order", "order:command-1", "orders-1", ""};
        for (String correlation : correlations) {
            write(store, message("one-1").withMetadata("{\"correlationStreamName\": \"" + correlation + "\"}"));
        }
        write(store, message("one-1").withMetadata("{\"other\": 1}"));
        write(store, "one-1");
        database.execute("UPDATE message_store.messages SET metadata = '1' WHERE metadata ->> 'other' = '1'");

        List<StoredMessage> read = reader.readCategory(
                        ReadQuery.of("one").withFilter(Filter.NONE.withCorrelation("order")))
                .messages();

        assertThat(read).extracting(StoredMessage::position).containsExactly(0L, 1L, 2L);
    }

    @Test
    void a_scan_moves_on_over_a_bounded_number_of_messages() {
        writeAll(store, messages(2500, "one-1"));
        NewMessage rare = write(store, message("one-1", "Rare"));
        ReadQuery query = ReadQuery.of("one").withBatchSize(2).withFilter(Filter.NONE.withTypes(Set.of("Rare")));

        Page step = reader.scan(query);
        assertThat(step.messages()).isEmpty();
        assertThat(step.endReached()).isFalse();
        assertThat(step.nextPosition()).isGreaterThan(query.position());

        List<StoredMessage> found = new ArrayList<>();
        int steps = 0;
        while (!step.endReached()) {
            step = reader.scan(query.withPosition(step.nextPosition()));
            found.addAll(step.messages());
            steps++;
        }
        assertThat(found).extracting(StoredMessage::id).containsExactly(rare.id());
        assertThat(steps).isBetween(2, 50);
    }

    @Test
    void a_read_goes_through_what_its_filter_leaves_out_until_the_page_is_full() {
        List<NewMessage> batch = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            batch.add(message("one-" + i, i % 1000 == 999 ? "Rare" : "Common"));
        }
        writeAll(store, batch);
        ReadQuery query = ReadQuery.of("one").withBatchSize(2).withFilter(Filter.NONE.withTypes(Set.of("Rare")));

        Page first = reader.readCategory(query);
        Page second = reader.readCategory(query.withPosition(first.nextPosition()));

        assertThat(streams(first)).containsExactly("one-999", "one-1999");
        assertThat(first.nextPosition()).isEqualTo(last(first).globalPosition() + 1);
        assertThat(first.endReached()).isFalse();
        assertThat(streams(second)).containsExactly("one-2999");
        assertThat(second.endReached()).isTrue();
    }

    @Test
    void a_read_of_what_is_rare_takes_few_round_trips() {
        List<NewMessage> batch = messages(3000, "one-1");
        writeAll(store, batch);
        write(store, message("one-1", "Rare"));
        RecordingDataSource recording = new RecordingDataSource(database.dataSource());

        Page page = new MessageStore(recording.dataSource())
                .reader()
                .readCategory(ReadQuery.of("one").withBatchSize(1).withFilter(Filter.NONE.withTypes(Set.of("Rare"))));

        assertThat(page.messages()).hasSize(1);
        assertThat(recording.prepared()).hasSizeLessThan(10);
    }

    @Test
    void a_scan_after_a_message_that_the_filter_leaves_out_answers_no_more_than_was_asked_for() {
        NewMessage common = write(store, message("one-1", "Common"));
        writeAll(store, List.of(message("one-1", "Rare"), message("one-2", "Rare"), message("one-3", "Rare")));
        long position = reader.locate(List.of(common.id())).get(0).globalPosition();
        ReadQuery query = ReadQuery.of("one").withBatchSize(2).withFilter(Filter.NONE.withTypes(Set.of("Rare")));

        Page first = reader.scanAfter(query.withPosition(position));
        Page second = reader.scanAfter(query.withPosition(first.nextPosition() - 1));

        assertThat(streams(first)).containsExactly("one-1", "one-2");
        assertThat(first.endReached()).isFalse();
        assertThat(streams(second)).containsExactly("one-3");
        assertThat(second.endReached()).isTrue();
    }

    @Test
    void answers_the_last_position_of_a_category() {
        writeAll(store, messages("one-1", "one-2", "other-1", "zero-1"));

        assertThat(reader.lastPosition(StreamName.of("one")))
                .hasValue(all(store, "one").get(1).globalPosition());
        assertThat(reader.lastPosition(StreamName.of("no"))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> reader.lastPosition(StreamName.of("one-1")));
    }

    private Page readAs(int member, int size) {
        return reader.readCategory(ReadQuery.of("one")
                .withBatchSize(10)
                .withFilter(Filter.NONE.withGroup(new ConsumerGroup(member, size))));
    }

    private static List<String> streams(Page page) {
        return page.messages().stream().map(message -> message.stream().value()).toList();
    }

    private static StoredMessage last(Page page) {
        return page.messages().get(page.messages().size() - 1);
    }
}
