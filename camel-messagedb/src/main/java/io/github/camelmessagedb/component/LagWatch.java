package io.github.camelmessagedb.component;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Has the consumers of a component look how far they are behind, every two seconds on one thread: whoever wants to know is
 * told at once what was seen last, and never waits for the database. It begins with the first who wants to know.
 */
final class LagWatch {

    private static final long PERIOD_MS = 2000;

    private final Set<ConsumerInsight> consumers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ScheduledExecutorService thread;

    void add(ConsumerInsight consumer) {
        consumers.add(consumer);
    }

    void remove(ConsumerInsight consumer) {
        consumers.remove(consumer);
    }

    Set<ConsumerInsight> consumers() {
        return consumers;
    }

    /** From now on, if it is not so already and there is anybody to look. */
    void begin(CamelContext context) {
        if (thread == null && !consumers.isEmpty()) {
            start(context);
        }
    }

    private synchronized void start(CamelContext context) {
        if (thread == null) {
            ScheduledExecutorService started =
                    context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "messagedb-lag");
            thread = started;
            var unused = started.scheduleWithFixedDelay(this::look, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        consumers.forEach(ConsumerInsight::look);
    }

    synchronized void stop(CamelContext context) {
        ScheduledExecutorService running = thread;
        thread = null;
        if (running != null) {
            context.getExecutorServiceManager().shutdownNow(running);
        }
    }
}
