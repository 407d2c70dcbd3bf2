package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadSqlIT {

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
    void named_parameters_are_the_query_s() {
        List<NewMessage> written = messages(5, "one-1");
        writeAll(store, written);
        writeAll(store, messages(5, "one-2"));

        Page page = reader.readSql(
                "SELECT * FROM messages WHERE stream_name = :stream_name AND position >= :position"
                        + " ORDER BY position LIMIT :batch_size",
                ReadQuery.of("one-1").withPosition(1).withBatchSize(3));

        assertThat(page.messages())
                .extracting(StoredMessage::id)
                .containsExactly(
                        written.get(1).id(), written.get(2).id(), written.get(3).id());
        assertThat(page.nextPosition()).isEqualTo(4);
        assertThat(page.endReached()).isFalse();
    }

    @Test
    void the_server_s_functions_are_in_the_path() {
        writeAll(store, messages("one-1", "one-2"));

        Page page = reader.readSql(
                "SELECT * FROM get_category_messages(:stream_name, :position, :batch_size);", ReadQuery.of("one"));

        assertThat(page.messages())
                .isEqualTo(reader.readCategory(ReadQuery.of("one")).messages());
        assertThat(page.nextPosition()).isEqualTo(page.messages().get(1).globalPosition() + 1);
    }

    @Test
    void rows_come_in_the_order_of_the_query() {
        writeAll(store, messages(3, "one-1"));

        Page page = reader.readSql(
                "SELECT * FROM messages ORDER BY global_position DESC -- the last first", ReadQuery.of("one"));

        assertThat(page.messages()).extracting(StoredMessage::position).containsExactly(2L, 1L, 0L);
    }

    @Test
    void a_missing_column_is_named() {
        assertThatThrownBy(() -> reader.readSql("SELECT id, stream_name FROM messages", ReadQuery.of("one")))
                .isInstanceOf(MessageRejectedException.class)
                .hasMessageContaining("type");
    }

    @Test
    void a_table_that_is_not_there_is_the_query_s_fault() {
        assertThatThrownBy(() -> reader.readSql("SELECT * FROM nothing_here", ReadQuery.of("one")))
                .isInstanceOf(MessageRejectedException.class)
                .hasMessageContaining("nothing_here");
    }

    @Test
    void nothing_can_be_written() {
        writeAll(store, messages("one-1"));

        assertThatThrownBy(() -> reader.readSql(
                        "INSERT INTO messages (position, stream_name, type) VALUES (1, 'one-1', 'X') RETURNING *",
                        ReadQuery.of("one")))
                .isInstanceOf(MessageRejectedException.class);
        assertThat(reader.streamVersion(StreamName.of("one-1"))).hasValue(0);
    }

    @Test
    void a_filter_is_refused() {
        ReadQuery query = ReadQuery.of("one").withFilter(Filter.NONE.withTypes(Set.of("A")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.readSql("SELECT * FROM messages", query))
                .withMessageContaining("filter");
    }
}
