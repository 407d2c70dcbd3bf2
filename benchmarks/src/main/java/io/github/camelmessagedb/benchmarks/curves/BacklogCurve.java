package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Setting;
import io.github.camelmessagedb.benchmarks.contestants.CamelSql;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Size;
import io.github.camelmessagedb.benchmarks.measure.Sweep;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Categories of more and more messages, each read from its beginning to its end. */
final class BacklogCurve implements Benchmark {

    private static final int STREAMS = 10_000;
    private static final int AT_LEAST = 200_000;
    private static final int MOST_TIMES = 10;

    @Override
    public String name() {
        return "curve-backlog";
    }

    @Override
    public String what() {
        return "consuming 10,000 to 2,000,000 messages";
    }

    static List<Integer> steps(Size size) {
        return Extent.isTiny(size)
                ? List.of(1_000, 2_000)
                : Extent.steps(size, 10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000);
    }

    /** Fills a category of so many messages. */
    static String category(Setting setting, int messages) throws SQLException {
        String category = "backlog" + messages;
        setting.server().fill(category, messages, Math.min(STREAMS, messages / 10));
        return category;
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        Extent extent = Extent.of(setting.size());
        DataSource ours = setting.server().pool(4, Commit.OFF);
        DataSource opponents = setting.server().pool(1, Commit.OFF);
        Sweep sweep = findings.sweep();
        for (int messages : steps(setting.size())) {
            findings.progress("filling a category of " + messages);
            String category = category(setting, messages);
            int times = Extent.isTiny(setting.size()) ? 1 : Math.max(1, Math.min(MOST_TIMES, AT_LEAST / messages));
            sweep.at(
                            messages,
                            Readers.OURS,
                            Readers.repeated(times, () -> Readers.ours(ours, category, new Meter(messages))))
                    .at(
                            messages,
                            Readers.JDBC,
                            Readers.repeated(times, () -> Readers.jdbc(opponents, category, new Meter(messages))))
                    .at(messages, "camel-sql, greedy, with lists", Readers.repeated(times, () -> {
                        Meter meter = new Meter(messages);
                        return CamelSql.reading(opponents, category, meter).until(meter);
                    }));
        }
        sweep.run(extent.warmUpMillis(), extent.rounds())
                .curve(
                        "backlog",
                        "Reading a category from its beginning to its end",
                        new Axis("messages in the category", true),
                        Extent.RATE,
                        Metric.RATE);
    }
}
