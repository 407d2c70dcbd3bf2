package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Latency;
import io.github.camelmessagedb.benchmarks.cases.Setting;
import io.github.camelmessagedb.benchmarks.contestants.CamelSql;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Receivers;
import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sweep;
import javax.sql.DataSource;

/** Consumers of more and more categories: how long a message takes to one of them, and what it costs to wait for it. */
final class ConsumersCurve implements Benchmark {

    private static final int CAMEL_SQL_DELAY_MS = 100;
    private static final int CONNECTIONS = 10;
    private static final Axis CATEGORIES = new Axis("categories, with a consumer each", true);
    private static final Axis MILLIS = new Axis("milliseconds from commit to receipt", true);
    private static final Axis CPU = new Axis("% of a core", false);

    @Override
    public String name() {
        return "curve-consumers";
    }

    @Override
    public String what() {
        return "consumers of 1 to 500 categories, idle, and as messages come";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        boolean tiny = Extent.isTiny(setting.size());
        Extent extent = Extent.of(setting.size());
        int idle = extent.millis() * 5;
        int deliveries = tiny ? 5 : extent.millis() / 3;
        DataSource ours = setting.server().pool(CONNECTIONS, Commit.ON);
        DataSource writer = setting.server().pool(1, Commit.ON);
        DataSource camelSql = setting.server().pool(CONNECTIONS, Commit.ON);
        Sweep sweep = findings.sweep();
        for (int n : Extent.steps(setting.size(), 1, 5, 20, 50, 100, 200, 500)) {
            sweep.at(
                            n,
                            "camel-messagedb, all as by default",
                            () -> Latency.measure(setting.server(), writer, Receivers.ours(ours, n), idle, deliveries))
                    .at(
                            n,
                            "camel-sql, delay=" + CAMEL_SQL_DELAY_MS,
                            () -> Latency.measure(
                                    setting.server(),
                                    writer,
                                    CamelSql.receivers(camelSql, n, CAMEL_SQL_DELAY_MS),
                                    idle,
                                    deliveries));
        }
        sweep.run(0, Math.max(1, extent.rounds() - 1))
                .curve("consumers-p50", "From commit to receipt, median", CATEGORIES, MILLIS, Metric.P50)
                .curve("consumers-p99", "From commit to receipt, 99th percentile", CATEGORIES, MILLIS, Metric.P99)
                .curve("consumers-client", "Idle: CPU of the program", CATEGORIES, CPU, Metric.CLIENT_CPU)
                .curve("consumers-server", "Idle: CPU of the server", CATEGORIES, CPU, Metric.SERVER_CPU);
    }
}
