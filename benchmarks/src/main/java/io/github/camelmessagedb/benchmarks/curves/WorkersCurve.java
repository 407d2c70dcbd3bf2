package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Setting;
import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.benchmarks.measure.Sweep;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** More and more workers of one consumer: where a message costs nothing, and where it waits for something. */
final class WorkersCurve implements Benchmark {

    private static final int MESSAGES = 300_000;
    private static final int STREAMS = 10_000;
    private static final int EACH_WAITING = 1_500;
    private static final Axis WORKERS = new Axis("concurrentConsumers", true);

    @Override
    public String name() {
        return "curve-workers";
    }

    @Override
    public String what() {
        return "1 to 16 workers of one consumer";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        boolean tiny = Extent.isTiny(setting.size());
        int messages = tiny ? 2_000 : MESSAGES;
        String category = "group" + messages;
        setting.server().fill(category, messages, tiny ? messages / 10 : STREAMS);
        Extent extent = Extent.of(setting.size());
        DataSource ours = setting.server().pool(4, Commit.OFF);
        DataSource opponent = setting.server().pool(1, Commit.OFF);
        List<Integer> steps = Extent.steps(setting.size(), 1, 2, 4, 8, 16);
        Sweep counting = findings.sweep();
        Sweep waiting = findings.sweep();
        for (int workers : steps) {
            int wait = tiny ? 100 : EACH_WAITING * workers;
            counting.at(workers, Readers.OURS, () -> ours(ours, category, workers, messages, false))
                    .at(workers, Readers.JDBC, () -> Readers.jdbc(opponent, category, new Meter(messages)));
            waiting.at(
                            workers,
                            "camel-messagedb, a route that waits 1 ms",
                            () -> ours(ours, category, workers, wait, true))
                    .at(workers, "a bare JDBC loop that hands rows to as many threads, in no order", () -> {
                        Meter meter = new Meter(wait);
                        new BareJdbc(opponent).readWith(workers, category, meter, WorkersCurve::work);
                        return meter.await();
                    });
        }
        counting.run(extent.warmUpMillis(), extent.rounds())
                .curve("workers", "Workers of a route that only counts", WORKERS, Extent.RATE, Metric.RATE);
        waiting.run(extent.warmUpMillis(), extent.rounds())
                .curve(
                        "workers-waiting",
                        "Workers of a route that waits a millisecond for each message",
                        WORKERS,
                        Extent.RATE_LOG,
                        Metric.RATE);
    }

    private static Sample ours(DataSource pool, String category, int workers, int messages, boolean waits)
            throws Exception {
        Meter meter = new Meter(messages);
        return Readers.route(pool, category, "&concurrentConsumers=" + workers, exchange -> {
                    if (waits) {
                        work();
                    }
                    meter.count();
                })
                .until(meter);
    }

    /** As a call over the network does. */
    private static void work() {
        LockSupport.parkNanos(1_000_000);
    }
}
