package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.subscription.SharedReads;
import io.github.camelmessagedb.subscription.Source;
import io.github.camelmessagedb.subscription.StoreSource;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import io.github.camelmessagedb.subscription.Time;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The reads that members of a group share: each member is an endpoint of its own. They are kept while one uses them. */
final class GroupReads {

    private final SecondReaders readers;

    private final Map<Key, WeakReference<SharedReads>> groups = new HashMap<>();

    /** What members have in common that share reads. */
    private record Key(Object database, SubscriptionIdentity identity, ReadQuery whole, int size) {}

    GroupReads(SecondReaders readers) {
        this.readers = readers;
    }

    /**
     * What a member reads.
     *
     * @param database what tells its store from another one
     * @param query of a filter that has its group
     */
    Source member(Object database, MessageStore store, SubscriptionIdentity identity, ReadQuery query) {
        ConsumerGroup member = Objects.requireNonNull(query.filter().group());
        ReadQuery whole = query.withFilter(query.filter().withGroup(null));
        return of(new Key(database, identity.withGroup(null), whole, member.size()), store)
                .member(member, new StoreSource(store.reader(), query));
    }

    private synchronized SharedReads of(Key key, MessageStore store) {
        groups.values().removeIf(group -> group.get() == null);
        SharedReads present = present(key);
        if (present != null) {
            return present;
        }
        SharedReads fresh = new SharedReads(readers.source(store, key.whole()), key.size(), Time.SYSTEM);
        groups.put(key, new WeakReference<>(fresh));
        return fresh;
    }

    private @Nullable SharedReads present(Key key) {
        WeakReference<SharedReads> group = groups.get(key);
        return group == null ? null : group.get();
    }
}
