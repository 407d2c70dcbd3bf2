package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.CamelSql;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Receivers;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.benchmarks.measure.Size;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** How long after its commit a message is in the route, at default settings, and what it costs to wait for it. */
public final class Latency implements Benchmark {

    private static final int CATEGORIES = 20;
    private static final int CAMEL_SQL_DELAY_MS = 5;
    private static final long START_MS = 10;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String what() {
        return "commit to receipt, " + CATEGORIES + " consumers, and their idle CPU";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        DataSource ours = setting.server().pool(10, Commit.ON);
        DataSource writer = setting.server().pool(1, Commit.ON);
        DataSource camelSql = setting.server().pool(10, Commit.ON);
        warmUp(setting, ours);
        findings.contest(name() + "." + CATEGORIES, CATEGORIES + " consumers at default settings")
                .ours(() -> measure(setting, writer, Receivers.ours(ours, CATEGORIES)))
                .against(
                        "camel-sql",
                        "camel-sql with delay=" + CAMEL_SQL_DELAY_MS,
                        () -> measure(setting, writer, CamelSql.receivers(camelSql, CATEGORIES, CAMEL_SQL_DELAY_MS)))
                .run(
                        List.of(Metric.P50, Metric.P99, Metric.CLIENT_CPU, Metric.SERVER_CPU),
                        Metric.P50,
                        Metric.P99,
                        Metric.CLIENT_CPU,
                        Metric.SERVER_CPU);
    }

    /** At default settings it would take minutes until what asks has been compiled. */
    private static void warmUp(Setting setting, DataSource pool) throws Exception {
        Receivers often = Receivers.ours(pool, CATEGORIES, "?pollInterval=20");
        try (often) {
            // That it asks all the time is what is wanted.
            Thread.sleep(4L * setting.size().warmUpMillis());
        }
    }

    private static Sample measure(Setting setting, DataSource writer, Receivers receivers) throws Exception {
        Size size = setting.size();
        return measure(setting.server(), writer, receivers, size.idleMillis(), size.deliveries());
    }

    /** What they use while nothing comes, and then how long it takes until something has come. */
    public static Sample measure(Server server, DataSource writer, Receivers receivers, int idleMillis, int deliveries)
            throws Exception {
        try (receivers) {
            // What the start has left to do is over first, such as a position for each of them.
            Thread.sleep(idleMillis / 4 + receivers.categories() * START_MS);
            Sample idle = idle(server, idleMillis);
            return receivers.receive(writer, deliveries).and(idle);
        }
    }

    private static Sample idle(Server server, int millis) throws InterruptedException {
        Cpu before = Cpu.now(server);
        // That time passes is what is measured.
        Thread.sleep(millis);
        Cpu after = Cpu.now(server);
        return new Sample(Map.of(
                Metric.CLIENT_CPU, after.clientPercentSince(before),
                Metric.SERVER_CPU, after.serverPercentSince(before)));
    }
}
