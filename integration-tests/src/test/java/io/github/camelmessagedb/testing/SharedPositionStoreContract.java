package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.MemberPosition;
import io.github.camelmessagedb.subscription.OwnershipLostException;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import org.junit.jupiter.api.Test;

/** What every place for positions does besides that several programs have. */
public abstract class SharedPositionStoreContract extends PositionStoreContract {

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
