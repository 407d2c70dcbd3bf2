package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.write;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelmessagedb.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadStreamIT {

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
    void reads_a_stream_and_nothing_else_in_order() {
        List<NewMessage> written = messages(3, "one-1");
        writeAll(store, written);
        writeAll(store, messages("one-10", "one", "one-1+1"));

        Page page = reader.readStream(ReadQuery.of("one-1"));

        assertThat(page.messages())
                .extracting(StoredMessage::id)
                .containsExactlyElementsOf(written.stream().map(NewMessage::id).toList());
        assertThat(page.messages()).extracting(StoredMessage::position).containsExactly(0L, 1L, 2L);
        assertThat(page.nextPosition()).isEqualTo(3);
        assertThat(page.endReached()).isTrue();
    }

    /** So it may be after an import, or where each session has numbers in advance. */
    @Test
    void the_last_of_a_stream_is_told_by_its_position_whatever_its_global_position_is() {
        database.execute("""
                INSERT INTO message_store.messages (global_position, stream_name, position, type)
                VALUES (1, 'one-1', 0, 'Happened'), (21, 'one-1', 1, 'Happened'), (2, 'one-1', 2, 'Happened')""");
        UUID last = reader.readLastMessage(StreamName.of("one-1"), null)
                .orElseThrow()
                .id();

        Page page = reader.scan(ReadQuery.of("one-1").withFilter(Filter.NONE.withTypes(Set.of("Happened"))));

        assertThat(page.nextPosition()).isEqualTo(3);
        assertThat(page.lastId()).isEqualTo(last);
    }

    @Test
    void goes_on_at_the_next_position() {
        writeAll(store, messages(5, "one-1"));

        ReadQuery query = ReadQuery.of("one-1").withBatchSize(2);
        Page first = reader.readStream(query);
        Page second = reader.readStream(query.withPosition(first.nextPosition()));
        Page third = reader.readStream(query.withPosition(second.nextPosition()));

        assertThat(positions(first)).containsExactly(0L, 1L);
        assertThat(first.endReached()).isFalse();
        assertThat(positions(second)).containsExactly(2L, 3L);
        assertThat(positions(third)).containsExactly(4L);
        assertThat(third.endReached()).isTrue();
        assertThat(reader.readStream(query.withPosition(third.nextPosition()))).isEqualTo(Page.nothing(5, true));
    }

    @Test
    void reads_all_of_it_with_batch_size_minus_one() {
        writeAll(store, messages(1234, "one-1"));

        Page page = reader.readStream(ReadQuery.of("one-1").withBatchSize(-1));

        assertThat(page.messages()).hasSize(1234);
        assertThat(page.endReached()).isTrue();
    }

    @Test
    void stays_where_it_is_in_a_stream_that_does_not_exist() {
        assertThat(reader.readStream(ReadQuery.of("no-1").withPosition(7))).isEqualTo(Page.nothing(7, true));
    }

    @Test
    void stays_at_the_beginning_of_a_stream_that_has_nothing_yet_whatever_it_would_leave_out() {
        ReadQuery query = ReadQuery.of("no-1").withFilter(Filter.NONE.withTypes(Set.of("A")));

        assertThat(reader.scan(query)).isEqualTo(Page.nothing(0, true));
    }

    @Test
    void reads_types_and_fills_the_page_over_what_it_leaves_out() {
        List<NewMessage> batch = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            batch.add(message("one-1", i % 50 == 49 ? "Rare" : i % 2 == 0 ? "Even" : "Odd"));
        }
        writeAll(store, batch);
        ReadQuery rare =
                ReadQuery.of("one-1").withBatchSize(1).withFilter(Filter.NONE.withTypes(Set.of("Rare", "None")));

        Page first = reader.readStream(rare);
        Page second = reader.readStream(rare.withPosition(first.nextPosition()));
        Page third = reader.readStream(rare.withPosition(second.nextPosition()));

        assertThat(positions(first)).containsExactly(49L);
        assertThat(first.nextPosition()).isEqualTo(50);
        assertThat(positions(second)).containsExactly(99L);
        assertThat(third).isEqualTo(Page.nothing(100, true));
    }

    @Test
    void moves_on_past_everything_that_its_filter_leaves_out() {
        List<NewMessage> written = messages(100, "one-1");
        writeAll(store, written);

        Page page = reader.readStream(
                ReadQuery.of("one-1").withBatchSize(3).withFilter(Filter.NONE.withTypes(Set.of("None"))));

        assertThat(page)
                .isEqualTo(new Page(
                        List.of(),
                        100,
                        true,
                        written.get(99).id(),
                        new Page.Seen(0, written.get(0).id())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "one:command"})
    void refuses_a_category(String category) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.readStream(ReadQuery.of(category)))
                .withMessageContaining("'" + category + "'");
    }

    @Test
    void refuses_a_group_or_a_correlation() {
        ReadQuery query = ReadQuery.of("one-1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.readStream(query.withFilter(Filter.NONE.withGroup(new ConsumerGroup(0, 1)))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.readStream(query.withFilter(Filter.NONE.withCorrelation("other"))));
    }

    @Test
    void answers_the_last_message_and_the_last_of_a_type() {
        NewMessage first = write(store, message("one-1", "Opened"));
        NewMessage second = write(store, message("one-1", "Closed"));
        NewMessage nameless = write(store, message("one", "Opened"));
        StreamName stream = first.stream();

        assertThat(reader.readLastMessage(stream, null)).map(StoredMessage::id).contains(second.id());
        assertThat(reader.readLastMessage(stream, "Opened"))
                .map(StoredMessage::id)
                .contains(first.id());
        assertThat(reader.readLastMessage(stream, "Renamed")).isEmpty();
        assertThat(reader.readLastMessage(nameless.stream(), null))
                .as("of the stream that is named like its category")
                .map(StoredMessage::id)
                .contains(nameless.id());
        assertThat(reader.readLastMessage(StreamName.of("no-1"), null)).isEmpty();
    }

    @Test
    void answers_the_version_of_a_stream() {
        writeAll(store, messages("one-1", "one-1", "one"));

        assertThat(reader.streamVersion(StreamName.of("one-1"))).hasValue(1);
        assertThat(reader.streamVersion(StreamName.of("one"))).hasValue(0);
        assertThat(reader.streamVersion(StreamName.of("no-1"))).isEmpty();
    }

    @Test
    void locates_messages_by_their_ids() {
        NewMessage first = write(store, message("one-1", "Opened"));
        NewMessage second = write(store, message("one-1", "Closed"));

        List<MessageLocation> found = reader.locate(List.of(UUID.randomUUID(), second.id(), first.id()));

        assertThat(found)
                .extracting(
                        MessageLocation::id, MessageLocation::stream, MessageLocation::type, MessageLocation::position)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(first.id(), first.stream(), "Opened", 0L),
                        org.assertj.core.groups.Tuple.tuple(second.id(), second.stream(), "Closed", 1L));
        assertThat(reader.locate(List.of())).isEmpty();
    }

    @Test
    void finds_the_first_position_since_a_time_of_stream_and_category() {
        writeAll(store, messages("one-1", "one-2"));
        write(store, "other-1");
        database.execute("UPDATE message_store.messages SET time = '2020-01-01'");
        writeAll(store, messages("one-1", "one-2"));
        Instant between = Instant.parse("2021-01-01T00:00:00Z");
        long third = database.number(
                "SELECT global_position FROM message_store.messages WHERE stream_name = 'one-1' AND position = 1");

        assertThat(reader.firstPositionSince(StreamName.of("one-1"), between)).hasValue(1);
        assertThat(reader.firstPositionSince(StreamName.of("one"), between)).hasValue(third);
        assertThat(reader.firstPositionSince(StreamName.of("other"), between)).isEmpty();
        assertThat(reader.firstPositionSince(StreamName.of("one-1"), Instant.EPOCH))
                .hasValue(0);
        assertThat(reader.firstPositionSince(StreamName.of("one-1"), Instant.parse("3000-01-01T00:00:00Z")))
                .isEmpty();
    }

    private static List<Long> positions(Page page) {
        return page.messages().stream().map(StoredMessage::position).toList();
    }
}
