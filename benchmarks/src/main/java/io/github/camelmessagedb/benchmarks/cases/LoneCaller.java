package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import io.github.camelmessagedb.benchmarks.measure.Figure.Missing;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.benchmarks.measure.Trial;
import java.util.Map;

/** One caller, to whom it must cost nothing that others could be served together. */
final class LoneCaller implements Benchmark {

    private static final String OPTION = "coalesceWrites";
    private static final String NAME = "lone";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String what() {
        return "a lone caller, with " + OPTION + " and without";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        for (Commit commit : Commit.values()) {
            String key = NAME + "." + commit.key();
            if (!SingleWrites.knows(setting.server().pool(1, commit), OPTION + "=true")) {
                findings.missing(key + ".time.off", what(), "", Missing.notBuilt("there is no option " + OPTION));
                continue;
            }
            try (Routes with = SingleWrites.route(setting.server().pool(1, commit), OPTION + "=true");
                    Routes without = SingleWrites.route(setting.server().pool(1, commit), OPTION + "=false")) {
                findings.contest(key, "a lone caller, synchronous_commit " + commit.key())
                        .ours(trial(setting, with))
                        .against("off", "the same with " + OPTION + "=false", trial(setting, without))
                        .run(Metric.TIME);
            }
        }
    }

    private static Trial trial(Setting setting, Routes routes) {
        Trial rate = Timed.rate(setting.size().millis(), 1, () -> SingleWrites.write(routes, "lone-1"));
        return () -> new Sample(Map.of(Metric.TIME, 1000 / rate.run().value(Metric.RATE)));
    }
}
