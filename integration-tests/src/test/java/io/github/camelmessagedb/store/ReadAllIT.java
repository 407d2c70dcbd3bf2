package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelmessagedb.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadAllIT {

    private static final ReadQuery ALL = ReadQuery.of("$all");

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
    void reads_all_streams_in_order_of_global_positions() {
        List<NewMessage> written = messages("one-1", "two-1", "one-2", "two", "one:x-1", "one-1");
        writeAll(store, written);

        Page page = reader.readAll(ALL);

        assertThat(page.messages())
                .extracting(StoredMessage::id)
                .containsExactlyElementsOf(written.stream().map(NewMessage::id).toList());
        assertThat(page.messages()).extracting(StoredMessage::globalPosition).isSorted();
        assertThat(page.endReached()).isTrue();
    }

    @Test
    void pages_through_with_a_filter_until_the_end() {
        List<NewMessage> batch = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            batch.add(message("c" + i % 7 + "-" + i % 3, i % 10 == 9 ? "Rare" : "Frequent"));
        }
        writeAll(store, batch);
        ReadQuery query = ALL.withBatchSize(3).withFilter(Filter.NONE.withTypes(Set.of("Rare")));

        List<UUID> read = new ArrayList<>();
        Page page = reader.readAll(query);
        while (!page.messages().isEmpty()) {
            page.messages().forEach(it -> read.add(it.id()));
            page = reader.readAll(query.withPosition(page.nextPosition()));
        }

        assertThat(read)
                .containsExactlyElementsOf(batch.stream()
                        .filter(it -> it.type().equals("Rare"))
                        .map(NewMessage::id)
                        .toList());
        assertThat(page.endReached()).isTrue();
    }

    @Test
    void a_group_splits_everything_by_stream() {
        writeAll(store, messages("one-1", "one-2", "two-1", "two-2", "three", "four-9", "five-8"));

        List<StoredMessage> ofAllMembers = new ArrayList<>();
        for (int member = 0; member < 3; member++) {
            Filter filter = Filter.NONE.withGroup(new ConsumerGroup(member, 3));
            ofAllMembers.addAll(reader.readAll(ALL.withFilter(filter)).messages());
        }

        assertThat(ofAllMembers).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void another_name_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.readAll(ReadQuery.of("one")))
                .withMessageContaining("'one'")
                .withMessageContaining("$all");
    }

    @Test
    void a_condition_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.readAll(ALL.withFilter(Filter.NONE.withCondition("true"))))
                .withMessageContaining("condition");
    }
}
