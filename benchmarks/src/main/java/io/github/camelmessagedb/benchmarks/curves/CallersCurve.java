package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Setting;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sweep;

/** More and more callers of a route that writes, a message each, to one category. */
final class CallersCurve implements Benchmark {

    private static final Axis CALLERS = new Axis("callers", true);

    @Override
    public String name() {
        return "curve-callers";
    }

    @Override
    public String what() {
        return "1 to 256 callers of a route that writes";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        for (Commit commit : Commit.values()) {
            run(setting, findings, commit);
        }
    }

    private static void run(Setting setting, Findings findings, Commit commit) throws Exception {
        Extent extent = Extent.of(setting.size());
        try (SingleWriters writers = new SingleWriters(setting.server(), commit)) {
            writers.warmUp(extent.warmUpMillis());
            Sweep sweep = findings.sweep();
            for (int callers : Extent.steps(setting.size(), 1, 2, 4, 8, 16, 32, 64, 128, 256)) {
                writers.at(sweep, callers, callers, 1, extent.millis());
            }
            String title = ", one category, synchronous_commit " + commit.key();
            sweep.run(0, extent.rounds())
                    .curve("callers-" + commit.key(), "Callers" + title, CALLERS, Extent.RATE_LOG, Metric.RATE)
                    .curve(
                            "callers-p99-" + commit.key(),
                            "What one caller in a hundred waits" + title,
                            CALLERS,
                            new Axis("milliseconds, 99th percentile", true),
                            Metric.P99);
        }
    }
}
