package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.OutcomeUnknownException;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.testing.Cut;
import io.github.camelmessagedb.testing.TcpProxy;
import io.github.camelmessagedb.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamPositionStoreIT {

    private static final StreamName STREAM = StreamName.of("user:position-x");
    private static final SubscriptionIdentity IDENTITY = new SubscriptionIdentity(StreamName.of("user"), "x", null);

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private StreamPositionStore store() {
        return new StreamPositionStore(database.store(), IDENTITY, "me");
    }

    private static RecordedPosition at(long position) {
        return new RecordedPosition(position, null);
    }

    private List<String> written() {
        return database.store().reader().readStream(ReadQuery.of(STREAM.value())).messages().stream()
                .map(StoredMessage::data)
                .toList();
    }

    @Test
    void loads_nothing_where_nothing_was_saved() {
        assertThat(store().load()).isEmpty();
    }

    @Test
    void loads_what_was_saved_last() {
        RecordedPosition position = new RecordedPosition(7, UUID.randomUUID());
        StreamPositionStore store = store();
        store.load();
        store.save(at(3));
        store.save(position);

        assertThat(store().load()).contains(position);
    }

    @Test
    void of_two_the_one_that_saves_later_without_loading_has_lost() {
        StreamPositionStore older = store();
        StreamPositionStore newer = store();
        older.load();
        older.save(at(1));
        newer.load();
        newer.save(at(1));

        assertThatThrownBy(() -> older.save(at(2)))
                .isInstanceOf(OwnershipLostException.class)
                .hasMessageContaining("'user:position-x'");
        newer.save(at(2));
        assertThat(written()).hasSize(3);
    }

    @Test
    void of_two_that_start_at_once_one_has_lost() {
        StreamPositionStore one = store();
        StreamPositionStore other = store();
        one.load();
        other.load();
        one.save(at(0));

        assertThatThrownBy(() -> other.save(at(0))).isInstanceOf(OwnershipLostException.class);
    }

    /** The reply to a save is lost, and the store is away when it is to be settled. */
    private StreamPositionStore afterSaveInDoubt(TcpProxy proxy) {
        StreamPositionStore store = new StreamPositionStore(
                new MessageStore(
                        database.pool(proxy.through(database.dataSource()), config -> config.setMaximumPoolSize(1))),
                IDENTITY,
                "me");
        store.load();
        store.save(at(0));
        proxy.set(new Cut(Cut.Sender.SERVER, 1, Cut.When.BEFORE));
        proxy.refuseConnections();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> store.save(at(1))).isInstanceOf(OutcomeUnknownException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            proxy.acceptConnections();
        }
        return store;
    }

    @Test
    void its_own_save_in_doubt_is_not_taken_for_another_s() {
        try (TcpProxy proxy = TcpProxy.of(database)) {
            StreamPositionStore store = afterSaveInDoubt(proxy);
            assertThat(written()).containsExactly("{\"position\": 0}", "{\"position\": 1}");

            store.save(at(2));

            assertThat(written()).containsExactly("{\"position\": 0}", "{\"position\": 1}", "{\"position\": 2}");
        }
    }

    @Test
    void another_s_save_after_its_own_in_doubt_is_noticed() {
        try (TcpProxy proxy = TcpProxy.of(database)) {
            StreamPositionStore store = afterSaveInDoubt(proxy);
            StreamPositionStore other = store();
            other.load();
            other.save(at(1));

            assertThatThrownBy(() -> store.save(at(2))).isInstanceOf(OwnershipLostException.class);
            assertThat(written()).hasSize(3);
        }
    }

    @Test
    void an_id_that_is_none_is_left_out() {
        database.store()
                .writer()
                .write(
                        NewMessage.of(STREAM.value(), "Recorded", "{\"position\": 5}")
                                .withMetadata("{\"properties\": {\"messageId\": \"none\"}}"),
                        ExpectedVersion.ANY);

        assertThat(store().load()).contains(at(5));
    }

    @Test
    void a_message_that_is_no_position_is_told_with_a_remedy() {
        database.store().writer().write(NewMessage.of(STREAM.value(), "Odd", "{}"), ExpectedVersion.ANY);

        assertThatThrownBy(() -> store().load())
                .hasMessageContaining("'user:position-x'")
                .hasMessageContaining("type 'Odd'")
                .hasMessageContaining("another consumerId");
    }
}
