package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.subscription.Source.Reading;
import io.github.camelmessagedb.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreSourceIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private NewMessage first;
    private NewMessage second;
    private NewMessage third;

    /** At 1, 2 and 3 of everything; at 0, 1 and 2 of its stream. */
    @BeforeEach
    void write() {
        first = write("user-1", "Registered");
        second = write("user-1", "Renamed");
        third = write("user-1", "Renamed");
    }

    private NewMessage write(String stream, String type) {
        NewMessage message = NewMessage.of(stream, type, "{}");
        database.store().writer().write(message, ExpectedVersion.ANY);
        return message;
    }

    private void delete(NewMessage message) {
        database.execute("DELETE FROM message_store.messages WHERE id = '" + message.id() + "'");
    }

    private StoreSource source(ReadQuery query) {
        return new StoreSource(database.store().reader(), query);
    }

    private StoreSource source(String name) {
        return source(ReadQuery.of(name));
    }

    private static List<UUID> ids(Reading reading) {
        return reading.messages().stream().map(StoredMessage::id).toList();
    }

    private static RecordedPosition at(long position, NewMessage message) {
        return new RecordedPosition(position, message.id());
    }

    private static RecordedPosition at(long position) {
        return new RecordedPosition(position, null);
    }

    @Test
    void reads_a_category_after_a_global_position() {
        Reading reading = source("user").read(at(1));

        assertThat(ids(reading)).containsExactly(second.id(), third.id());
        assertThat(reading.last()).isEqualTo(at(3, third));
        assertThat(reading.endReached()).isTrue();
        assertThat(reading.worthStoring()).isTrue();
    }

    @Test
    void reads_a_stream_after_a_position_of_its_own() {
        Reading reading = source("user-1").read(at(1));

        assertThat(ids(reading)).containsExactly(third.id());
        assertThat(reading.last()).isEqualTo(at(2, third));
    }

    @Test
    void reads_as_many_as_asked_for_after_a_message_that_it_looks_for_once_more() {
        Reading reading = source(ReadQuery.of("user").withBatchSize(1)).read(at(1, first));

        assertThat(ids(reading)).containsExactly(second.id());
        assertThat(reading.last()).isEqualTo(at(2, second));
        assertThat(reading.endReached()).isFalse();
    }

    @Test
    void stays_where_it_is_when_there_is_nothing_more() {
        assertThat(source("user").read(at(3, third)).last()).isEqualTo(at(3, third));
        assertThat(source("user").read(at(3)).last()).isEqualTo(at(3));
        assertThat(source("user-1").read(at(2, third)).messages()).isEmpty();
    }

    @Test
    void goes_past_what_the_filter_leaves_out() {
        Filter registered = Filter.NONE.withTypes(Set.of("Registered"));

        Reading reading = source(ReadQuery.of("user").withFilter(registered)).read(at(0));

        assertThat(ids(reading)).containsExactly(first.id());
        assertThat(reading.last()).isEqualTo(at(3, third));
    }

    @Test
    void a_message_that_was_deleted_is_no_loss() {
        delete(second);
        delete(third);

        assertThat(source("user").read(at(3, third)).messages()).isEmpty();
    }

    @Test
    void a_deleted_message_of_a_stream_that_went_on_is_no_loss() {
        delete(second);

        assertThat(ids(source("user-1").read(at(1, second)))).containsExactly(third.id());
    }

    @Test
    void another_message_where_it_had_come_to_is_a_loss() {
        StoreRewoundException e = catchThrowableOfType(
                StoreRewoundException.class, () -> source("user").read(at(2, first)));

        assertThat(e)
                .hasMessageContaining("'user'")
                .hasMessageContaining("position 2, with the message " + first.id())
                .hasMessageContaining("another message now, " + second.id());
        assertThat(e.expected()).isEqualTo(at(2, first));
    }

    @Test
    void a_store_that_has_not_come_so_far_is_a_loss() {
        assertThat(catchThrowableOfType(
                        StoreRewoundException.class, () -> source("user").read(at(4, first))))
                .hasMessageContaining("only come to 3");
        assertThat(catchThrowableOfType(
                        StoreRewoundException.class, () -> source("user-1").read(at(3, first))))
                .hasMessageContaining("only come to 2");
        assertThat(catchThrowableOfType(
                        StoreRewoundException.class, () -> source("user-2").read(at(0, first))))
                .hasMessageContaining("only come to -1");
    }

    @Test
    void the_beginning_is_before_the_first_message() {
        assertThat(source("user").positionBefore(new StartPosition.Beginning())).isEqualTo(at(0));
        assertThat(source("user-1").positionBefore(new StartPosition.Beginning()))
                .isEqualTo(at(-1));
    }

    @Test
    void a_position_is_read_itself_and_none_is_before_the_beginning() {
        assertThat(source("user").positionBefore(new StartPosition.At(2))).isEqualTo(at(1));
        assertThat(source("user").positionBefore(new StartPosition.At(0))).isEqualTo(at(0));
        assertThat(source("user-1").positionBefore(new StartPosition.At(0))).isEqualTo(at(-1));
    }

    @Test
    void the_end_is_the_last_message_of_what_is_read() {
        write("other-1", "Happened");

        assertThat(source("user").positionBefore(new StartPosition.End())).isEqualTo(at(3));
        assertThat(source("user-1").positionBefore(new StartPosition.End())).isEqualTo(at(2));
    }

    @Test
    void where_there_is_nothing_the_end_is_the_beginning() {
        assertThat(source("none").positionBefore(new StartPosition.End())).isEqualTo(at(0));
        assertThat(source("none-1").positionBefore(new StartPosition.End())).isEqualTo(at(-1));
    }

    @Test
    void a_time_is_before_the_first_message_that_is_not_older() {
        database.execute(
                "UPDATE message_store.messages SET time = timestamp '2026-01-01' + (global_position - 1) * interval '1 day'");
        StartPosition since = new StartPosition.Since(Instant.parse("2026-01-02T00:00:00Z"));

        assertThat(source("user").positionBefore(since)).isEqualTo(at(1));
        assertThat(source("user-1").positionBefore(since)).isEqualTo(at(0));
    }

    @Test
    void a_time_after_all_messages_is_the_end() {
        StartPosition later = new StartPosition.Since(Instant.parse("2999-01-01T00:00:00Z"));

        assertThat(source("user").positionBefore(later)).isEqualTo(at(3));
        assertThat(source("user-1").positionBefore(later)).isEqualTo(at(2));
    }

    @Test
    void the_position_of_a_message_is_that_of_what_is_read() {
        StoredMessage message = source("user").read(at(2)).messages().get(0);

        assertThat(source("user").positionOf(message)).isEqualTo(3);
        assertThat(source("user-1").positionOf(message)).isEqualTo(2);
    }
}
