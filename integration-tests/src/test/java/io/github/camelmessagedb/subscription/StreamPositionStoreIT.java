package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.ConsumerGroup;
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
import org.jspecify.annotations.Nullable;
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

    private void save(@Nullable ConsumerGroup group, long position) {
        StreamPositionStore store = new StreamPositionStore(database.store(), IDENTITY.withGroup(group), "me");
        store.load();
        store.save(at(position));
    }

    @Test
    void the_others_are_all_sizes_and_the_one_without_a_group_in_the_order_they_were_stored_last() {
        ConsumerGroup me = new ConsumerGroup(0, 2);
        save(me, 1);
        save(new ConsumerGroup(1, 2), 2);
        save(new ConsumerGroup(2, 3), 3);
        save(null, 4);
        save(new ConsumerGroup(1, 2), 5);

        assertThat(new StreamPositionStore(database.store(), IDENTITY.withGroup(me), "me").others())
                .containsExactly(
                        new MemberPosition(new ConsumerGroup(2, 3), at(3)),
                        new MemberPosition(null, at(4)),
                        new MemberPosition(new ConsumerGroup(1, 2), at(5)));
    }

    @Test
    void the_positions_of_other_consumers_and_of_what_is_no_member_are_none_of_the_others() {
        for (String id : List.of("y+0-2", "x+2-2", "x+0-32768", "x+0", "x+0-2+0-2", "x+stream-0-2", "x")) {
            database.store()
                    .writer()
                    .write(NewMessage.of("user:position-" + id, "Recorded", "{\"position\": 5}"), ExpectedVersion.ANY);
        }

        assertThat(store().others()).isEmpty();
    }

    @Test
    void a_stream_has_no_others() {
        SubscriptionIdentity stream = new SubscriptionIdentity(StreamName.of("user-7"), "x", null);
        save(new ConsumerGroup(0, 2), 1);

        assertThat(new StreamPositionStore(database.store(), stream, "me").others())
                .isEmpty();
    }

    @Test
    void names_the_one_that_it_lost_to_as_far_as_that_is_known() {
        StreamPositionStore older = store();
        older.load();
        StreamPositionStore newer = new StreamPositionStore(database.store(), IDENTITY, "somebody else");
        newer.load();
        newer.save(at(0));
        StreamPositionStore newest = store();
        newest.load();
        database.store()
                .writer()
                .write(NewMessage.of(STREAM.value(), "Recorded", "{\"position\": 5}"), ExpectedVersion.ANY);

        assertThatThrownBy(() -> newest.save(at(1)))
                .isInstanceOf(OwnershipLostException.class)
                .hasMessageContaining("expected to have version 0, but has 1")
                .hasMessageContaining("does not say its name");
        newer.load();
        newer.save(at(2));
        assertThatThrownBy(() -> older.save(at(1))).hasMessageContaining("written by somebody else");
    }

    @Test
    void a_position_stream_that_was_set_back_is_a_loss() {
        StreamPositionStore store = store();
        store.load();
        store.save(at(1));
        store.save(at(2));
        database.execute("DELETE FROM message_store.messages WHERE position = 1");

        assertThatThrownBy(() -> store.save(at(3)))
                .isInstanceOf(StoreRewoundException.class)
                .hasMessageContaining("had come to version 1 and is at 0");
    }

    @Test
    void a_subscription_without_a_position_stream_is_refused_with_a_remedy() {
        SubscriptionIdentity stream = new SubscriptionIdentity(StreamName.of("user-7"), null, null);

        assertThatThrownBy(() -> new StreamPositionStore(database.store(), stream, "me"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("consumerId");
    }

    @Test
    void a_position_that_cannot_be_read_is_told_without_its_content() {
        database.store()
                .writer()
                .write(
                        NewMessage.of(STREAM.value(), "Recorded", "{\"position\": 1.5, \"secret\": 1}"),
                        ExpectedVersion.ANY);

        assertThatThrownBy(() -> store().load())
                .hasMessageContaining("no number named 'position'")
                .hasMessageNotContaining("secret");
    }
}
