package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.CamelSql;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import io.github.camelmessagedb.benchmarks.measure.Contest;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Trial;

/** Many callers of a route, a message each. All contestants have as many connections. */
final class ManyCallers implements Benchmark {

    private static final int CALLERS = 64;
    private static final int CONNECTIONS = 8;

    /** Of the first contest: the rate of both sides grows for so long. */
    private static final int WARM_UPS = 3;

    private final String name;
    private final String option;

    /** @param option of the endpoint, or empty */
    ManyCallers(String name, String option) {
        this.name = name;
        this.option = option;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String what() {
        return CALLERS + " callers of a route, a message each" + (option.isEmpty() ? "" : ", with " + option);
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        int warmUps = WARM_UPS;
        for (Commit commit : Commit.values()) {
            run(setting, findings, commit, 1, warmUps);
            run(setting, findings, commit, 16, 1);
            warmUps = 1;
        }
    }

    private void run(Setting setting, Findings findings, Commit commit, int categories, int warmUps) throws Exception {
        int millis = setting.size().millis();
        BareJdbc jdbc = new BareJdbc(setting.server().pool(CONNECTIONS, commit));
        try (Callers callers = new Callers(CALLERS, name.replace("-", "") + categories + "x", categories);
                Routes ours = SingleWrites.route(setting.server().pool(CONNECTIONS, commit), option);
                Routes camelSql = CamelSql.writing(setting.server().pool(CONNECTIONS, commit));
                Routes large = CamelSql.writing(setting.server().pool(CALLERS, commit))) {
            Trial writing = () -> callers.call(millis, stream -> SingleWrites.write(ours, stream));
            contest(findings, commit, categories, writing)
                    .against(
                            "camel-sql",
                            "camel-sql's producer",
                            () -> callers.call(millis, stream -> CamelSql.write(camelSql, stream)))
                    .against(
                            "camel-sql-" + CALLERS,
                            "camel-sql's producer with " + CALLERS + " connections",
                            () -> callers.call(millis, stream -> CamelSql.write(large, stream)))
                    .against("jdbc", "bare JDBC", () -> callers.call(millis, jdbc::write))
                    .warmingUp(warmUps)
                    .run(Metric.RATE, Metric.P50, Metric.P99);
            againstPgbench(setting, contest(findings, commit, categories, writing), commit, categories);
        }
        setting.server().closePools();
    }

    private Contest contest(Findings findings, Commit commit, int categories, Trial ours) {
        String what = CALLERS + " callers, " + (categories == 1 ? "one category" : categories + " categories")
                + (option.isEmpty() ? "" : ", " + option) + ", synchronous_commit " + commit.key();
        return findings.contest(name + "." + categories + "." + commit.key(), what)
                .ours(ours);
    }

    /** It tells no latencies. */
    private static void againstPgbench(Setting setting, Contest contest, Commit commit, int categories)
            throws Exception {
        int millis = setting.size().millis();
        setting.againstPgbench(
                        contest,
                        "pgbench with " + CONNECTIONS + " clients",
                        () -> setting.pgbench()
                                .write(CONNECTIONS, "pgbench" + categories + "x", categories, commit, millis))
                .run(Metric.RATE);
    }
}
