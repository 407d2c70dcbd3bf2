package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.write;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdempotencyIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private MessageStore store;

    @BeforeEach
    void open() {
        store = database.store();
    }

    @Test
    void writing_a_message_again_answers_its_position() {
        write(store, "one-1");
        NewMessage message = write(store, "one-1");
        write(store, "one-1");

        assertThat(store.writer().write(message, ExpectedVersion.ANY)).isEqualTo(1);
        assertThat(database.messageCount()).isEqualTo(3);
    }

    @Test
    void writing_a_message_again_with_a_version_that_was_right_then_answers_its_position() {
        NewMessage message = message("one-1");
        store.writer().write(message, ExpectedVersion.NO_STREAM);
        write(store, "one-1");

        assertThat(store.writer().write(message, ExpectedVersion.NO_STREAM)).isZero();
        assertThat(database.messageCount()).isEqualTo(2);
    }

    @Test
    void writing_a_batch_again_answers_its_positions() {
        write(store, "one-1");
        List<NewMessage> batch = messages("one-1", "two-1", "one-1");
        List<Long> positions = writeAll(store, batch);
        write(store, "one-1");

        assertThat(writeAll(store, batch)).isEqualTo(positions).containsExactly(1L, 0L, 2L);
        assertThat(database.messageCount()).isEqualTo(5);
    }

    @Test
    void writing_a_batch_again_with_the_versions_that_were_right_then_answers_its_positions() {
        List<NewMessage> batch = messages("one-1", "two-1", "one-1");
        Map<StreamName, ExpectedVersion> versions = Map.of(
                StreamName.of("one-1"), ExpectedVersion.NO_STREAM, StreamName.of("two-1"), ExpectedVersion.NO_STREAM);
        List<Long> positions = store.writer().write(batch, versions);

        assertThat(store.writer().write(batch, versions)).isEqualTo(positions);
        assertThat(database.messageCount()).isEqualTo(3);
    }

    @Test
    void a_message_with_an_id_that_is_there_with_other_data_is_told() {
        NewMessage there = NewMessage.of("one-1", "Opened", "{\"a\": 1, \"b\": 2}");
        NewMessage same = new NewMessage(there.stream(), there.id(), there.type(), "{\"b\":2,\"a\":1.0}", "{\"x\": 1}");
        NewMessage other = new NewMessage(there.stream(), there.id(), there.type(), "{\"a\": 1}", null);
        List<MessageLocation> told = new ArrayList<>();
        write(store, "one-1");
        write(store, there);

        store.writer().write(List.of(same), Map.of(), told::add);
        assertThat(told).isEmpty();
        assertThat(store.writer().write(List.of(message("two-1"), other), Map.of(), told::add))
                .containsExactly(0L, 1L);

        assertThat(told).singleElement().satisfies(location -> {
            assertThat(location.id()).isEqualTo(there.id());
            assertThat(location.position()).isEqualTo(1);
        });
    }

    @Test
    void of_messages_that_are_written_together_it_is_told_too() {
        NewMessage there = write(store, "one-1");
        NewMessage other = new NewMessage(there.stream(), there.id(), there.type(), "{\"other\": 1}", null);
        List<MessageLocation> told = new ArrayList<>();
        SharedWrite fresh = new SharedWrite(message("one-2"), ExpectedVersion.ANY, told::add);
        SharedWrite again = new SharedWrite(other, ExpectedVersion.ANY, told::add);

        store.sharedWriter().write(List.of(fresh, again));

        assertThat(told).extracting(MessageLocation::id).containsExactly(there.id());
        assertThat(database.messageCount()).isEqualTo(2);
    }

    @Test
    void the_same_id_in_another_stream_is_an_error() {
        write(store, "one-1");
        NewMessage there = write(store, message("one-1", "Opened"));

        assertThatExceptionOfType(DuplicateMessageException.class)
                .isThrownBy(() -> write(store, message("two-1", "Opened").withId(there.id())))
                .satisfies(duplicate -> {
                    assertThat(duplicate.id()).isEqualTo(there.id());
                    assertThat(duplicate.existingStream()).contains(StreamName.of("one-1"));
                    assertThat(duplicate.existingType()).contains("Opened");
                    assertThat(duplicate.existingPosition()).hasValue(1);
                    assertThat(duplicate).hasMessageContaining("one-1").hasMessageContaining("two-1");
                });
        assertThat(database.messageCount()).isEqualTo(2);
    }

    @Test
    void the_same_id_with_another_type_is_an_error() {
        NewMessage there = write(store, message("one-1", "Opened"));

        assertThatExceptionOfType(DuplicateMessageException.class)
                .isThrownBy(() -> write(store, message("one-1", "Closed").withId(there.id())))
                .satisfies(duplicate -> assertThat(duplicate.existingType()).contains("Opened"));
        assertThat(database.messageCount()).isEqualTo(1);
    }

    @Test
    void a_batch_with_an_id_that_is_elsewhere_writes_nothing() {
        NewMessage there = write(store, "one-1");

        assertThatExceptionOfType(DuplicateMessageException.class)
                .isThrownBy(() -> writeAll(
                        store, List.of(message("two-1"), message("two-1").withId(there.id()), message("two-1"))))
                .satisfies(duplicate -> assertThat(duplicate.id()).isEqualTo(there.id()));
        assertThat(database.messageCount()).isEqualTo(1);
    }

    @Test
    void a_batch_whose_beginning_is_there_writes_the_rest() {
        List<NewMessage> batch = messages(5, "one-1");
        writeAll(store, batch.subList(0, 2));
        write(store, "one-1");

        assertThat(writeAll(store, batch)).containsExactly(0L, 1L, 3L, 4L, 5L);
        assertThat(database.messageCount()).isEqualTo(6);
    }

    @Test
    void a_batch_of_which_each_stream_s_beginning_is_there_writes_the_rest() {
        List<NewMessage> batch = messages("one-1", "one-2", "two-1", "one-1", "two-1", "one-2", "new-1");
        writeAll(store, List.of(batch.get(0), batch.get(2), batch.get(4), batch.get(1)));

        assertThat(writeAll(store, batch)).containsExactly(0L, 0L, 0L, 1L, 1L, 1L, 0L);
        assertThat(database.messageCount()).isEqualTo(7);
    }

    @Test
    void a_batch_of_which_later_messages_are_there_is_an_error() {
        List<NewMessage> batch = messages(3, "one-1");
        write(store, batch.get(1));

        assertThatExceptionOfType(DuplicateMessageException.class)
                .isThrownBy(() -> writeAll(store, batch))
                .satisfies(duplicate ->
                        assertThat(duplicate.id()).isEqualTo(batch.get(1).id()));
        assertThat(database.messageCount()).isEqualTo(1);
    }

    @Test
    void a_batch_that_is_there_in_another_order_is_an_error() {
        List<NewMessage> batch = messages(2, "one-1");
        writeAll(store, List.of(batch.get(1), batch.get(0)));

        assertThatExceptionOfType(DuplicateMessageException.class).isThrownBy(() -> writeAll(store, batch));
        assertThat(database.messageCount()).isEqualTo(2);
    }

    @Test
    void a_batch_of_which_some_are_there_and_that_expects_a_version_is_an_error() {
        List<NewMessage> batch = messages(3, "one-1");
        writeAll(store, batch.subList(0, 1));

        for (long version : new long[] {-1, 0}) {
            assertThatExceptionOfType(DuplicateMessageException.class)
                    .isThrownBy(() ->
                            store.writer().write(batch, Map.of(StreamName.of("one-1"), ExpectedVersion.of(version))));
        }
        assertThat(database.messageCount()).isEqualTo(1);
    }

    @Test
    void many_writers_of_the_same_batch_write_it_once() {
        List<NewMessage> batch = messages("one-1", "two-1", "one-1", "three-1", "two-1");

        List<List<Long>> answers = Together.call(8, writer -> writeAll(database.store(), batch));

        assertThat(answers).hasSize(8).allSatisfy(answer -> assertThat(answer).containsExactly(0L, 0L, 1L, 0L, 1L));
        assertThat(database.messageCount()).isEqualTo(5);
    }

    @Test
    void many_writers_of_overlapping_beginnings_of_a_batch_write_each_message_once() {
        List<NewMessage> batch = messages(40, "one-1");

        List<List<Long>> answers =
                Together.call(8, writer -> writeAll(database.store(), batch.subList(0, 5 * (writer + 1))));

        List<Long> positions = new ArrayList<>();
        for (long i = 0; i < batch.size(); i++) {
            positions.add(i);
        }
        for (List<Long> answer : answers) {
            assertThat(answer).isEqualTo(positions.subList(0, answer.size()));
        }
        assertThat(database.messageCount()).isEqualTo(40);
    }
}
