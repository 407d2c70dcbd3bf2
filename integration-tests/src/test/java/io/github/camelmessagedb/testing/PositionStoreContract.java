package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.MemberPosition;
import io.github.camelmessagedb.subscription.OwnershipLostException;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.RecordedPosition;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every place for positions does that outlives a consumer. */
public abstract class PositionStoreContract {

    private static final RecordedPosition FIRST = new RecordedPosition(7, UUID.randomUUID());
    private static final RecordedPosition SECOND = new RecordedPosition(9, UUID.randomUUID());

    /** As a program opens it; two calls are two programs. */
    protected abstract PositionStore open(SubscriptionIdentity identity, String owner);

    private static SubscriptionIdentity identity(@Nullable ConsumerGroup group) {
        return new SubscriptionIdentity(StreamName.of("user"), "x", group);
    }

    private PositionStore open() {
        return open(identity(null), "me");
    }

    private PositionStore opened(SubscriptionIdentity identity, String owner) {
        PositionStore store = open(identity, owner);
        store.load();
        return store;
    }

    @Test
    void has_nothing_at_first() {
        assertThat(open().load()).isEmpty();
        assertThat(open().others()).isEmpty();
    }

    @Test
    void gives_back_what_was_saved_last() {
        PositionStore store = opened(identity(null), "me");
        store.save(FIRST);
        store.save(SECOND);

        assertThat(store.load()).contains(SECOND);
        assertThat(open().load()).contains(SECOND);
    }

    @Test
    void keeps_what_was_handled_ahead_of_it() {
        RecordedPosition ahead =
                new RecordedPosition(7, UUID.randomUUID(), List.of(UUID.randomUUID(), UUID.randomUUID()));
        PositionStore store = opened(identity(null), "me");
        store.save(ahead);

        assertThat(open().load()).contains(ahead);
    }

    @Test
    void keeps_a_position_without_a_message() {
        PositionStore store = opened(identity(null), "me");
        store.save(new RecordedPosition(-1, null));

        assertThat(open().load()).contains(new RecordedPosition(-1, null));
    }

    @Test
    void of_two_programs_the_later_wins_and_the_other_hears_of_whom() {
        PositionStore older = opened(identity(null), "the older");
        older.save(FIRST);
        PositionStore newer = opened(identity(null), "the newer");
        newer.save(FIRST);

        assertThatThrownBy(() -> older.save(SECOND))
                .isInstanceOf(OwnershipLostException.class)
                .hasMessageContaining("the newer");
        newer.save(SECOND);
        assertThat(open().load()).contains(SECOND);
    }

    @Test
    void who_lost_may_load_and_go_on() {
        PositionStore older = opened(identity(null), "the older");
        older.save(FIRST);
        opened(identity(null), "the newer").save(FIRST);

        older.load();
        older.save(SECOND);

        assertThat(open().load()).contains(SECOND);
    }

    @Test
    void each_identity_has_its_own() {
        opened(identity(null), "me").save(FIRST);

        assertThat(open(new SubscriptionIdentity(StreamName.of("user"), "y", null), "me")
                        .load())
                .isEmpty();
        assertThat(open(new SubscriptionIdentity(StreamName.of("user-1"), "x", null), "me")
                        .load())
                .isEmpty();
        assertThat(open(identity(new ConsumerGroup(0, 2)), "me").load()).isEmpty();
    }

    @Test
    void without_a_consumer_id_a_group_and_what_has_none_are_strangers() {
        SubscriptionIdentity alone = new SubscriptionIdentity(StreamName.of("user"), null, null);
        ConsumerGroup member = new ConsumerGroup(0, 2);
        opened(alone, "me").save(FIRST);
        opened(alone.withGroup(member), "me").save(SECOND);

        assertThat(open(alone.withGroup(new ConsumerGroup(0, 3)), "me").others())
                .containsExactly(new MemberPosition(member, SECOND));
        assertThat(open(alone, "me").others()).isEmpty();
    }

    @Test
    void knows_the_other_members_in_the_order_in_which_their_sizes_were_used_last() {
        ConsumerGroup one = new ConsumerGroup(0, 2);
        ConsumerGroup other = new ConsumerGroup(1, 3);
        opened(identity(one), "me").save(FIRST);
        opened(identity(null), "me").save(SECOND);
        opened(identity(other), "me").save(FIRST);
        opened(new SubscriptionIdentity(StreamName.of("user"), "xx", other), "me")
                .save(FIRST);

        assertThat(open(identity(new ConsumerGroup(0, 4)), "me").others())
                .containsExactly(
                        new MemberPosition(one, FIRST),
                        new MemberPosition(null, SECOND),
                        new MemberPosition(other, FIRST));
        assertThat(open(identity(other), "me").others())
                .containsExactly(new MemberPosition(one, FIRST), new MemberPosition(null, SECOND));
    }
}
