package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Setting;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Groups;
import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sweep;
import java.util.List;
import javax.sql.DataSource;

/** More and more members of a group, who read the same category. */
final class GroupCurve implements Benchmark {

    private static final int MOST = 64;
    private static final int MESSAGES = 300_000;
    private static final int STREAMS = 10_000;
    /** Who reads all for each message reads fewer, or would take minutes. */
    private static final int FEWER = 100_000;

    private static final int MOST_IN_A_QUICK_RUN = 16;
    private static final int CONNECTIONS = 8;

    @Override
    public String name() {
        return "curve-group";
    }

    @Override
    public String what() {
        return "groups of 1 to " + MOST + " members";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        Extent extent = Extent.of(setting.size());
        boolean tiny = Extent.isTiny(setting.size());
        int messages = tiny ? 2_000 : MESSAGES;
        int fewer = tiny ? 2_000 : FEWER;
        String category = "group" + messages;
        findings.progress("filling a category of " + messages);
        setting.server().fill(category, messages, tiny ? messages / 10 : STREAMS);
        DataSource together = setting.server().pool(CONNECTIONS, Commit.OFF);
        DataSource apart = setting.server().pool(MOST, Commit.OFF);
        DataSource functions = setting.server().poolForFunctions(MOST, Commit.OFF);
        Sweep sweep = findings.sweep();
        List<Integer> steps = Extent.steps(setting.size(), 1, 2, 4, 8, 16, 32, MOST);
        for (int size : steps) {
            sweep.at(
                    size,
                    "camel-messagedb, routes of one context",
                    () -> Groups.together(together, category, size, new Meter(messages)));
            if (size > MOST_IN_A_QUICK_RUN && setting.size().targetsOnly()) {
                continue;
            }
            sweep.at(
                            size,
                            "camel-messagedb, a context for each",
                            () -> Groups.apart(apart, category, size, new Meter(fewer)))
                    .at(
                            size,
                            "get_category_messages, a thread for each",
                            () -> Groups.function(functions, category, size, new Meter(fewer)));
        }
        sweep.run(extent.warmUpMillis(), extent.rounds())
                .curve(
                        "group",
                        "A consumer group reads a category, all members together",
                        new Axis("members", true),
                        Extent.RATE_LOG,
                        Metric.RATE);
    }
}
