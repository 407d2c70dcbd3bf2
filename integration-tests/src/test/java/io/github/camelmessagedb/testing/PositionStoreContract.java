package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.RecordedPosition;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every place for positions does, also one in the memory of one program. */
public abstract class PositionStoreContract {

    static final RecordedPosition FIRST = new RecordedPosition(7, UUID.randomUUID());
    static final RecordedPosition SECOND = new RecordedPosition(9, UUID.randomUUID());

    /** As a program opens it; two calls are two programs. */
    protected abstract PositionStore open(SubscriptionIdentity identity, String owner);

    static SubscriptionIdentity identity(@Nullable ConsumerGroup group) {
        return new SubscriptionIdentity(StreamName.of("user"), "x", group);
    }

    final PositionStore open() {
        return open(identity(null), "me");
    }

    final PositionStore opened(SubscriptionIdentity identity, String owner) {
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
}
