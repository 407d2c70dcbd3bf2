package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.all;
import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.write;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelmessagedb.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WriteIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @Test
    void answers_the_position_in_the_stream() {
        MessageWriter writer = database.store().writer();

        assertThat(writer.write(message("one-1"), ExpectedVersion.ANY)).isZero();
        assertThat(writer.write(message("one-1"), ExpectedVersion.ANY)).isEqualTo(1);
        assertThat(writer.write(message("one-2"), ExpectedVersion.ANY)).isZero();
        assertThat(writer.write(message("one"), ExpectedVersion.ANY)).isZero();
    }

    @Test
    void stores_what_was_given() {
        NewMessage message = NewMessage.of("konto:ü+$-1+2%", "Opened 😀", "{\"a\": [1, null, \"'\\\"\"]}")
                .withMetadata("{\"correlationStreamName\": \"x\"}");
        MessageStore store = database.store();

        write(store, message);

        StoredMessage stored =
                store.reader().readLastMessage(message.stream(), null).orElseThrow();
        assertThat(stored.id()).isEqualTo(message.id());
        assertThat(stored.stream()).isEqualTo(message.stream());
        assertThat(stored.type()).isEqualTo("Opened 😀");
        assertThat(stored.data()).isEqualTo("{\"a\": [1, null, \"'\\\"\"]}");
        assertThat(stored.metadata()).isEqualTo("{\"correlationStreamName\": \"x\"}");
        assertThat(stored.position()).isZero();
    }

    @Test
    void stores_no_metadata_as_null() {
        MessageStore store = database.store();

        write(store, "one-1");
        writeAll(store, messages("one-2", "one-3"));

        assertThat(all(store, "one")).extracting(StoredMessage::metadata).containsExactly(null, null, null);
        assertThat(database.number("SELECT count(*) FROM message_store.messages WHERE metadata IS NULL"))
                .isEqualTo(3);
    }

    @Test
    void answers_the_positions_of_a_batch_in_its_order() {
        MessageStore store = database.store();
        write(store, "b-2");

        List<Long> positions = writeAll(store, messages("b-1", "b-2", "a-1", "b-2", "a-1", "b"));

        assertThat(positions).containsExactly(0L, 1L, 0L, 2L, 1L, 0L);
    }

    @Test
    void writes_a_batch_over_streams_and_categories_in_its_order() {
        MessageStore store = database.store();
        List<NewMessage> batch = messages("z-1", "a-1", "m-1", "z-2", "a-1", "z-1");

        writeAll(store, batch);

        assertThat(database.query("SELECT id FROM message_store.messages ORDER BY global_position"))
                .isEqualTo(batch.stream()
                        .map(message -> List.of(message.id().toString()))
                        .toList());
    }

    @Test
    void writes_nothing_for_an_empty_batch() {
        assertThat(database.store().writer().write(List.of(), Map.of())).isEmpty();
    }

    @Test
    void writes_with_the_expected_version() {
        MessageWriter writer = database.store().writer();

        assertThat(writer.write(message("one-1"), ExpectedVersion.NO_STREAM)).isZero();
        assertThat(writer.write(message("one-1"), ExpectedVersion.of(0))).isEqualTo(1);
    }

    @Test
    void checks_the_expected_versions_of_a_batch_on_the_first_message_of_each_stream() {
        MessageStore store = database.store();
        write(store, "one-2");

        List<Long> positions = store.writer()
                .write(
                        messages("one-1", "one-2", "one-1", "one-2", "two-1"),
                        Map.of(
                                StreamName.of("one-1"), ExpectedVersion.NO_STREAM,
                                StreamName.of("one-2"), ExpectedVersion.of(0),
                                StreamName.of("two-1"), ExpectedVersion.ANY));

        assertThat(positions).containsExactly(0L, 1L, 1L, 2L, 0L);
    }

    @Test
    void writes_nothing_of_a_batch_in_which_one_version_is_wrong() {
        MessageStore store = database.store();

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> store.writer()
                        .write(
                                messages("one-1", "one-2", "two-1"),
                                Map.of(
                                        StreamName.of("one-1"),
                                        ExpectedVersion.NO_STREAM,
                                        StreamName.of("two-1"),
                                        ExpectedVersion.of(3))))
                .satisfies(conflict -> {
                    assertThat(conflict.stream()).isEqualTo(StreamName.of("two-1"));
                    assertThat(conflict.expected()).isEqualTo(ExpectedVersion.of(3));
                    assertThat(conflict.actual()).hasValue(-1);
                });
        assertThat(database.messageCount()).isZero();
    }

    @Test
    void writes_fifty_thousand_messages_at_once() {
        MessageStore store = database.store();
        List<NewMessage> batch = new ArrayList<>();
        IntStream.range(0, 50_000).forEach(i -> batch.add(message("big-" + i % 3)));

        List<Long> positions = writeAll(store, batch);

        assertThat(positions)
                .isEqualTo(LongStream.range(0, 50_000).mapToObj(i -> i / 3).toList());
        assertThat(database.messageCount()).isEqualTo(50_000);
        assertThat(writeAll(store, batch)).as("again, with the same ids").isEqualTo(positions);
        assertThat(database.messageCount()).isEqualTo(50_000);
    }

    @Test
    void writes_nothing_of_a_batch_whose_last_message_is_refused() {
        List<NewMessage> batch = new ArrayList<>(messages(1000, "one-1"));
        batch.add(NewMessage.of("one-1", "Bad", "\"\\u0000\""));

        assertThatExceptionOfType(MessageRejectedException.class).isThrownBy(() -> writeAll(database.store(), batch));
        assertThat(database.messageCount()).isZero();
    }
}
