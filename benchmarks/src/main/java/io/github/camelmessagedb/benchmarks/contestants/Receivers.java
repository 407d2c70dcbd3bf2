package io.github.camelmessagedb.benchmarks.contestants;

import static io.github.camelmessagedb.component.MessageDbConstants.MESSAGE_ID;

import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Consumers of several categories, who note when a message has come. */
public final class Receivers implements AutoCloseable {

    private static final int LONGEST_PAUSE_MS = 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Routes routes;
    private final String prefix;
    private final int categories;
    private final Map<String, Long> received = new ConcurrentHashMap<>();
    private final Random random = new Random(1);

    Receivers(Routes routes, String prefix, int categories) {
        this.routes = routes;
        this.prefix = prefix;
        this.categories = categories;
    }

    /** Routes of ours, all options as they are by default. */
    public static Receivers ours(DataSource dataSource, int categories) throws Exception {
        return ours(dataSource, categories, "");
    }

    /** The same with options. */
    public static Receivers ours(DataSource dataSource, int categories, String options) throws Exception {
        Routes routes = Routes.withMessageDb(dataSource);
        Receivers receivers = new Receivers(routes, "latency", categories);
        for (int i = 0; i < categories; i++) {
            routes.consume(
                    "messagedb:" + receivers.category(i) + options,
                    exchange ->
                            receivers.received(String.valueOf(exchange.getIn().getHeader(MESSAGE_ID))));
        }
        routes.start();
        return receivers;
    }

    public int categories() {
        return categories;
    }

    String category(int number) {
        return prefix + number;
    }

    void received(String id) {
        received.putIfAbsent(id, System.nanoTime());
    }

    /** Writes messages to one category or the other, with pauses, and answers how long after its commit each came. */
    public Sample receive(DataSource dataSource, int messages) throws SQLException, InterruptedException {
        Map<String, Long> committed = new ConcurrentHashMap<>();
        BareJdbc writer = new BareJdbc(dataSource);
        for (int i = 0; i < messages; i++) {
            UUID id = UUID.randomUUID();
            writer.write(category(random.nextInt(categories)) + "-1", id);
            committed.put(id.toString(), System.nanoTime());
            Thread.sleep(random.nextInt(LONGEST_PAUSE_MS));
        }
        awaitAll(committed);
        long[] nanos = committed.entrySet().stream()
                .mapToLong(entry -> Math.max(0, arrival(entry.getKey()) - entry.getValue()))
                .sorted()
                .toArray();
        return new Sample(Map.of(Metric.P50, Sample.percentile(nanos, 50), Metric.P99, Sample.percentile(nanos, 99)));
    }

    private long arrival(String id) {
        Long arrival = received.get(id);
        if (arrival == null) {
            throw new IllegalStateException("A message has not come: " + id);
        }
        return arrival;
    }

    private void awaitAll(Map<String, Long> committed) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end && !received.keySet().containsAll(committed.keySet())) {
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        routes.close();
    }
}
