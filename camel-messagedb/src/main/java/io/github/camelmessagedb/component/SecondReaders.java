package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.subscription.CatchingUp;
import io.github.camelmessagedb.subscription.Source;
import io.github.camelmessagedb.subscription.StoreSource;
import io.github.camelmessagedb.subscription.Time;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** What the consumers of a component read with while they catch up. It has a thread for each that does. */
final class SecondReaders {

    private @Nullable ExecutorService executor;

    /** From the start of the component to its end. */
    synchronized void start(CamelContext context) {
        executor = context.getExecutorServiceManager().newCachedThreadPool(this, "messagedb-reads");
    }

    /** Reads a stream or a category. */
    Source source(MessageStore store, ReadQuery query) {
        StoreSource source = new StoreSource(store.reader(), query);
        return query.name().isCategory() && query.filter().equals(Filter.NONE)
                ? new CatchingUp(source, this::execute, Time.SYSTEM)
                : source;
    }

    private synchronized void execute(Runnable task) {
        if (executor == null) {
            throw new RejectedExecutionException("The component is stopped");
        }
        executor.execute(task);
    }

    synchronized void stop(CamelContext context) {
        if (executor != null) {
            context.getExecutorServiceManager().shutdownGraceful(executor);
            executor = null;
        }
    }
}
