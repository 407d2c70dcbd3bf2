package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Setting;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sweep;

/** The same callers, who write to more and more categories: fewer and fewer can share a transaction. */
final class CategoriesCurve implements Benchmark {

    private static final int CALLERS = 64;

    @Override
    public String name() {
        return "curve-categories";
    }

    @Override
    public String what() {
        return CALLERS + " callers that write to 1 to 500 categories";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        Extent extent = Extent.of(setting.size());
        try (SingleWriters writers = new SingleWriters(setting.server(), Commit.ON)) {
            writers.warmUp(extent.warmUpMillis());
            Sweep sweep = findings.sweep();
            for (int categories : Extent.steps(setting.size(), 1, 4, 16, 32, 64, 200, 500)) {
                writers.at(sweep, categories, CALLERS, categories, extent.millis());
            }
            sweep.run(0, extent.rounds())
                    .curve(
                            "categories",
                            CALLERS + " callers that write to more categories, synchronous_commit on",
                            new Axis("categories", true),
                            Extent.RATE,
                            Metric.RATE);
        }
    }
}
