package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WriteIT {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.extension();

    private final MessageStore store = database.store();

    @Test
    void answers_the_position_in_the_stream() {
        assertThat(write("one-1")).isZero();
        assertThat(write("one-1")).isEqualTo(1);
        assertThat(write("one-2")).isZero();
    }

    @Test
    void stores_what_was_given() {
        NewMessage message = NewMessage.of("all-1", "Opened", "{\"a\": [1, null]}")
                .withMetadata("{\"correlationStreamName\": \"x\"}");

        store.writer().write(message, ExpectedVersion.ANY);

        StoredMessage stored =
                store.reader().readLastMessage(message.stream(), null).orElseThrow();
        assertThat(stored.id()).isEqualTo(message.id());
        assertThat(stored.stream()).isEqualTo(message.stream());
        assertThat(stored.type()).isEqualTo("Opened");
        assertThat(stored.data()).isEqualTo("{\"a\": [1, null]}");
        assertThat(stored.metadata()).isEqualTo("{\"correlationStreamName\": \"x\"}");
    }

    @Test
    void answers_the_positions_of_a_batch_in_its_order() {
        write("batch-2");

        List<Long> positions = store.writer()
                .write(
                        List.of(message("batch-1"), message("batch-2"), message("other-1"), message("batch-2")),
                        Map.of());

        assertThat(positions).containsExactly(0L, 1L, 0L, 2L);
    }

    private long write(String stream) {
        return store.writer().write(message(stream), ExpectedVersion.ANY);
    }

    private static NewMessage message(String stream) {
        return NewMessage.of(stream, "Happened", "{}");
    }
}
