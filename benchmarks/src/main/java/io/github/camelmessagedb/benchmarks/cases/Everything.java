package io.github.camelmessagedb.benchmarks.cases;

import static io.github.camelmessagedb.component.MessageDbConstants.MESSAGE_ID;

import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.store.MessageStore;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** All messages of the store, while others write and roll back. */
final class Everything implements Benchmark {

    private static final int WRITERS = 6;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @Override
    public String name() {
        return "all";
    }

    @Override
    public String what() {
        return "$all under " + WRITERS + " writers with rollbacks";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        DataSource pool = setting.server().pool(4, Commit.OFF);
        findings.count(name() + ".missed", what() + ": messages missed", missed(setting, pool), "messages");
        try (Writers writers = new Writers(WRITERS, setting.server())) {
            findings.contest(name() + ".rate", what())
                    .ours(() -> consume(setting, pool, "$all"))
                    .against(
                            "category",
                            "a category, under the same writers",
                            () -> consume(setting, pool, Server.BACKLOG))
                    .run(Metric.RATE);
            writers.end();
        }
    }

    private static Sample consume(Setting setting, DataSource pool, String name) throws Exception {
        Meter meter = new Meter(setting.size().read());
        return Routes.withMessageDb(pool)
                .consume(Setting.OURS + ":" + name + "?positionStore=memory", exchange -> meter.count())
                .until(meter);
    }

    private static long missed(Setting setting, DataSource pool) throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        long start = new MessageStore(pool).reader().lastNumber() + 1;
        try (Routes routes = Routes.withMessageDb(pool)
                        .consume(
                                Setting.OURS + ":$all?positionStore=memory&startPosition=" + start,
                                exchange ->
                                        seen.add(String.valueOf(exchange.getIn().getHeader(MESSAGE_ID))));
                Writers writers = new Writers(WRITERS, setting.server())) {
            routes.start();
            Thread.sleep(setting.size().millis() * 5L);
            Set<String> missing = new HashSet<>(writers.end());
            if (missing.isEmpty()) {
                throw new IllegalStateException("The writers wrote nothing");
            }
            awaitAll(seen, missing);
            missing.removeAll(seen);
            return missing.size();
        }
    }

    private static void awaitAll(Set<String> seen, Set<String> committed) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end && !seen.containsAll(committed)) {
            Thread.sleep(10);
        }
    }
}
