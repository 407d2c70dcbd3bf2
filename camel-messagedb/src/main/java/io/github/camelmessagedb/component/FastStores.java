package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.FastWritesStatus;
import io.github.camelmessagedb.store.MessageStore;
import java.util.IdentityHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores that may be written to past write_message: one for each data source, which knows whether it can be. */
final class FastStores {

    private static final Logger LOG = LoggerFactory.getLogger(FastStores.class);

    private final IdentityHashMap<DataSource, MessageStore> stores = new IdentityHashMap<>();

    synchronized MessageStore of(DataSource dataSource, MessageStore plain) {
        return stores.computeIfAbsent(dataSource, any -> plain.withFastWrites(FastStores::tell));
    }

    synchronized boolean has(MessageStore store) {
        return stores.containsValue(store);
    }

    private static void tell(FastWritesStatus status) {
        if (status.inUse()) {
            LOG.info("Batches are written past write_message, which does no more than they do (fastWrites)");
        } else {
            LOG.warn(
                    "Batches are written by calls of write_message, though fastWrites is on: {}. That is slower, and right",
                    status.whyNot());
        }
    }
}
