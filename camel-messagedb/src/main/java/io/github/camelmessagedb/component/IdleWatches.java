package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.subscription.IdleWatch;
import io.github.camelmessagedb.subscription.Time;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;

/** The watches of a component, one for each data source that consumers use, with a thread while one of them is idle. */
final class IdleWatches {

    /** A question takes a millisecond; one that hangs is left to itself. */
    private static final long PATIENCE_MS = 1000;

    private final IdentityHashMap<DataSource, Shared> watches = new IdentityHashMap<>();

    /** A watch, what it runs on, and who uses it. */
    private record Shared(IdleWatch watch, ExecutorService thread, Set<Object> users) {

        static Shared of(MessageStore store, ExecutorService thread) {
            return new Shared(new IdleWatch(store.idleProbe(), thread, Time.SYSTEM), thread, new HashSet<>());
        }
    }

    /** What one more user waits with; to be left when it does not any more. */
    synchronized IdleWatch join(Object user, DataSource dataSource, MessageStore store, CamelContext context) {
        Shared shared = watches.computeIfAbsent(
                dataSource,
                any -> Shared.of(store, executors(context).newSingleThreadExecutor(this, "messagedb-idle")));
        shared.users().add(user);
        return shared.watch();
    }

    /** With the last user it is over, and uses its data source no more. */
    void leave(Object user, CamelContext context) {
        unused(user).forEach(shared -> stop(shared, context));
    }

    private synchronized Set<Shared> unused(Object user) {
        Set<Shared> unused = new HashSet<>();
        watches.values().removeIf(shared -> {
            boolean left = shared.users().remove(user) && shared.users().isEmpty();
            return left && unused.add(shared);
        });
        return unused;
    }

    /** Whoever has not left waits for itself from now on. */
    void stop(CamelContext context) {
        all().forEach(shared -> stop(shared, context));
    }

    private synchronized List<Shared> all() {
        List<Shared> all = List.copyOf(watches.values());
        watches.clear();
        return all;
    }

    private static void stop(Shared shared, CamelContext context) {
        shared.watch().stop();
        executors(context).shutdown(shared.thread());
        try {
            executors(context).awaitTermination(shared.thread(), PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorServiceManager executors(CamelContext context) {
        return context.getExecutorServiceManager();
    }
}
