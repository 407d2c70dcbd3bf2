package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelmessagedb.testing.TestDatabase;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreFactsIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private MessageStore store;

    @BeforeEach
    void open() {
        store = database.store();
    }

    @Test
    void identifiers_of_a_category_are_distinct_and_sorted() {
        writeAll(store, messages("one-b", "one-a", "one-b", "one-Z", "one-a+1", "one-ä", "one-"));

        assertThat(store.reader().streamIdentifiers(StreamName.of("one")))
                .containsExactly("", "Z", "a", "a+1", "b", "ä");
    }

    @Test
    void identifiers_leave_out_other_categories_snapshots_and_the_stream_without_an_id() {
        writeAll(store, messages("one-1", "one", "one:snapshot-2", "one:command-3", "two-4", "one:position-5"));

        assertThat(store.reader().streamIdentifiers(StreamName.of("one"))).containsExactly("1");
    }

    @Test
    void identifiers_of_a_stream_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.reader().streamIdentifiers(StreamName.of("one-1")))
                .withMessageContaining("'one-1'");
    }

    @Test
    void the_version_is_the_server_s() {
        assertThat(store.reader().storeVersion()).isEqualTo("1.3.0");
    }

    @Test
    void the_last_number_is_that_of_a_message_whether_or_not_it_is_there() {
        assertThat(store.reader().lastNumber()).isZero();

        writeAll(store, messages("one-1", "two-1", "one-1"));
        assertThat(store.reader().lastNumber()).isEqualTo(3);

        database.execute("SELECT nextval('message_store.messages_global_position_seq')");
        assertThat(store.reader().lastNumber()).isEqualTo(4);
    }

    @Test
    void a_page_names_the_first_message_that_was_looked_at() {
        var written = messages("one-1", "two-1", "one-1", "one-2");
        writeAll(store, written);
        Page.Seen first = new Page.Seen(1, written.get(0).id());
        ReadQuery category = ReadQuery.of("one");

        assertThat(store.reader().scan(category).first()).isEqualTo(first);
        assertThat(store.reader()
                        .scan(category.withFilter(Filter.NONE.withTypes(Set.of("None"))))
                        .first())
                .isEqualTo(first);
        assertThat(store.reader().scan(category.withPosition(2)).first())
                .isEqualTo(new Page.Seen(3, written.get(2).id()));
        assertThat(store.reader()
                        .readStream(ReadQuery.of("one-1").withPosition(1))
                        .first())
                .isEqualTo(new Page.Seen(1, written.get(2).id()));
        assertThat(store.reader().scan(category.withPosition(5)).first()).isNull();
    }
}
