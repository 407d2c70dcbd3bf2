package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.everythingSaidBy;
import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.write;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelmessagedb.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private MessageStore store;
    private MessageReader reader;

    @BeforeEach
    void open() {
        database.execute("ALTER DATABASE " + database.name() + " SET message_store.sql_condition = on");
        store = database.store();
        reader = store.reader();
    }

    @Test
    void reads_what_meets_the_condition() {
        write(store, NewMessage.of("one-1", "Opened", "{\"amount\": 1}"));
        write(store, NewMessage.of("one-1", "Opened", "{\"amount\": 3}"));
        write(store, NewMessage.of("one-2", "Opened", "{\"amount\": 5}"));
        Filter filter = Filter.NONE.withCondition("(data ->> 'amount')::int > 2");

        Page category = reader.readCategory(ReadQuery.of("one").withFilter(filter));
        Page stream = reader.readStream(ReadQuery.of("one-1").withFilter(filter));

        assertThat(category.messages())
                .extracting(StoredMessage::data)
                .containsExactly("{\"amount\": 3}", "{\"amount\": 5}");
        assertThat(category.endReached()).isTrue();
        assertThat(stream.messages()).extracting(StoredMessage::position).containsExactly(1L);
    }

    @Test
    void goes_together_with_the_other_filters() {
        List<NewMessage> batch = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            batch.add(message("one-" + i % 20, i % 2 == 0 ? "Even" : "Odd")
                    .withMetadata("{\"correlationStreamName\": \"order-" + i + "\"}"));
        }
        writeAll(store, batch);
        ConsumerGroup group = new ConsumerGroup(1, 2);
        Filter filter = new Filter(group, "order", Set.of("Odd"), "position < 5");

        Page page = reader.readCategory(ReadQuery.of("one").withBatchSize(7).withFilter(filter));
        List<StoredMessage> read = new ArrayList<>(page.messages());
        while (!page.endReached()) {
            page = reader.readCategory(
                    ReadQuery.of("one").withBatchSize(7).withFilter(filter).withPosition(page.nextPosition()));
            read.addAll(page.messages());
        }

        assertThat(read)
                .extracting(StoredMessage::globalPosition)
                .isEqualTo(Examples.all(store, "one").stream()
                        .filter(message ->
                                group.reads(message.stream()) && message.type().equals("Odd") && message.position() < 5)
                        .map(StoredMessage::globalPosition)
                        .toList())
                .isNotEmpty();
    }

    @Test
    void moves_on_past_everything_that_does_not_meet_it() {
        writeAll(store, Examples.messages(100, "one-1"));
        Filter filter = Filter.NONE.withCondition("false");

        Page category = reader.readCategory(ReadQuery.of("one").withBatchSize(2).withFilter(filter));
        Page stream = reader.readStream(ReadQuery.of("one-1").withBatchSize(2).withFilter(filter));

        assertThat(category)
                .isEqualTo(
                        Page.nothing(reader.lastPosition(StreamName.of("one")).orElseThrow() + 1, true));
        assertThat(stream).isEqualTo(Page.nothing(100, true));
    }

    @Test
    void moves_on_only_as_far_as_it_looked() {
        writeAll(store, Examples.messages(100, "one-1"));
        NewMessage rare = write(store, message("one-1", "Rare"));
        Filter filter = new Filter(null, null, Set.of("Rare"), "true");
        ReadQuery query = ReadQuery.of("one").withBatchSize(2).withFilter(filter);

        Page step = reader.scan(query);

        assertThat(step.messages()).isEmpty();
        assertThat(step.endReached()).isFalse();
        assertThat(reader.readCategory(query).messages())
                .extracting(StoredMessage::id)
                .containsExactly(rare.id());
        assertThat(reader.readStream(ReadQuery.of("one-1").withBatchSize(2).withFilter(filter))
                        .messages())
                .extracting(StoredMessage::id)
                .containsExactly(rare.id());
    }

    @Test
    void reads_all_that_meets_it_with_batch_size_minus_one() {
        writeAll(store, Examples.messages(100, "one-1"));

        Page page = reader.readCategory(
                ReadQuery.of("one").withBatchSize(-1).withFilter(Filter.NONE.withCondition("position % 2 = 0")));

        assertThat(page.messages()).hasSize(50);
        assertThat(page.endReached()).isTrue();
    }

    @Test
    void is_refused_by_a_server_that_is_not_set_to_take_it_with_what_to_do() {
        database.execute("ALTER DATABASE " + database.name() + " SET message_store.sql_condition = off");

        assertThatExceptionOfType(MessageRejectedException.class)
                .isThrownBy(
                        () -> reader.readCategory(ReadQuery.of("one").withFilter(Filter.NONE.withCondition("true"))))
                .withMessageContaining("'one'")
                .withMessageContaining("message_store.sql_condition");
        assertThatExceptionOfType(MessageRejectedException.class)
                .isThrownBy(
                        () -> reader.readStream(ReadQuery.of("one-1").withFilter(Filter.NONE.withCondition("true"))))
                .withMessageContaining("message_store.sql_condition");
    }

    @ParameterizedTest
    @CsvSource({"no_such_column = 1, 42703", "no_such_function(data), 42883", "this is no SQL, 42601"})
    void is_refused_where_it_is_wrong_without_blaming_the_installation(String condition, String state) {
        assertThatExceptionOfType(MessageRejectedException.class)
                .isThrownBy(
                        () -> reader.readCategory(ReadQuery.of("one").withFilter(Filter.NONE.withCondition(condition))))
                .satisfies(rejected -> assertThat(rejected.sqlState()).contains(state));
    }

    @Test
    void does_not_give_content_away_when_it_fails_on_it() {
        write(store, NewMessage.of("one-1", "Opened", "{\"amount\": \"secret\"}"));

        MessageRejectedException rejected = catchThrowableOfType(
                MessageRejectedException.class,
                () -> reader.readCategory(
                        ReadQuery.of("one").withFilter(Filter.NONE.withCondition("(data ->> 'amount')::int > 2"))));

        assertThat(rejected).hasMessageContaining("22P02");
        assertThat(everythingSaidBy(rejected)).doesNotContain("secret");
    }
}
