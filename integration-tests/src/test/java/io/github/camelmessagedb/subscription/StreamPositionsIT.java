package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.testing.SharedPositionStoreContract;
import io.github.camelmessagedb.testing.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamPositionsIT extends SharedPositionStoreContract {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @Override
    protected PositionStore open(SubscriptionIdentity identity, String owner) {
        return new StreamPositionStore(database.store(), identity, owner);
    }
}
