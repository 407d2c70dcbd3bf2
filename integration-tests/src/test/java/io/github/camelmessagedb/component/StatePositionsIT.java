package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import io.github.camelmessagedb.testing.SharedPositionStoreContract;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;

class StatePositionsIT extends SharedPositionStoreContract {

    private final MemoryStateRepository repository = new MemoryStateRepository();

    @Override
    protected PositionStore open(SubscriptionIdentity identity, String owner) {
        return new StatePositionStore(repository, identity, owner);
    }

    @Test
    void what_is_no_position_is_named() {
        repository.setState("user:position-x", "seven");

        assertThatThrownBy(() -> open(new SubscriptionIdentity(StreamName.of("user"), "x", null), "me")
                        .load())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("user:position-x")
                .hasMessageContaining("seven");
    }
}
