package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.MemoryPositionStore;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import io.github.camelmessagedb.testing.PositionStoreContract;
import java.util.HashMap;
import java.util.Map;

/** One for each identity, as a bean of a user's might have them. */
class MemoryPositionsTest extends PositionStoreContract {

    private final Map<SubscriptionIdentity, PositionStore> places = new HashMap<>();

    @Override
    protected PositionStore open(SubscriptionIdentity identity, String owner) {
        return places.computeIfAbsent(identity, it -> new MemoryPositionStore());
    }
}
