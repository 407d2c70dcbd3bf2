package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.WriteCoalescer;
import java.util.IdentityHashMap;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** What the producers of a component write together, for each of its data sources. */
final class SharedWrites {

    private final IdentityHashMap<Object, WriteCoalescer> coalescers = new IdentityHashMap<>();
    private @Nullable ExecutorService executor;

    /** @param together who has the same writes together */
    synchronized WriteCoalescer of(Object together, MessageStore store, CamelContext context) {
        if (executor == null) {
            // Routes go on in it after a write, and may wait in it for another: no number of threads is enough.
            executor = context.getExecutorServiceManager().newCachedThreadPool(this, "messagedb-writes");
        }
        ExecutorService tasks = executor;
        return coalescers.computeIfAbsent(together, any -> store.coalescer(tasks));
    }

    synchronized void stop(CamelContext context) {
        coalescers.values().forEach(WriteCoalescer::close);
        coalescers.clear();
        if (executor != null) {
            context.getExecutorServiceManager().shutdownGraceful(executor);
            executor = null;
        }
    }
}
