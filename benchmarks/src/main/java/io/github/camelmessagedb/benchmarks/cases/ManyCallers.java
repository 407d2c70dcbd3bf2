package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.CamelSql;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import io.github.camelmessagedb.benchmarks.measure.Contest;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.benchmarks.measure.Trial;

/** Many callers of a route, a message each. All contestants have as many connections. */
final class ManyCallers implements Benchmark {

    private static final int CALLERS = 64;
    private static final int CONNECTIONS = 8;
    private static final int MOST_IN_A_TRANSACTION = 256;

    /** Of the first contest: the rate of both sides grows for so long. */
    private static final int WARM_UPS = 5;

    private final Way way;

    ManyCallers(Way way) {
        this.way = way;
    }

    @Override
    public String name() {
        return way.named("callers");
    }

    @Override
    public String what() {
        return CALLERS + " callers of a route, a message each" + way.inWords();
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
        try (Callers callers = new Callers(CALLERS, name().replace("-", "") + categories + "x", categories);
                Routes ours = SingleWrites.route(setting.server().pool(CONNECTIONS, commit), way.option());
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
                    .limitedBy(() -> inServer(jdbc, categories, millis))
                    .warmingUp(warmUps)
                    .run(Metric.RATE, Metric.P50, Metric.P99);
            againstPgbench(setting, contest(findings, commit, categories, writing), commit, categories);
        }
        setting.server().closePools();
    }

    /** Transactions as large as ours may become. One category has one lock, so that only several can keep several processors busy. */
    private Sample inServer(BareJdbc jdbc, int categories, int millis) throws Exception {
        int writers = Math.min(categories, Runtime.getRuntime().availableProcessors());
        try (Callers server = new Callers(writers, "server" + categories + "x", writers)) {
            Sample transactions = server.call(millis, stream -> way.writeInServer(jdbc, stream, MOST_IN_A_TRANSACTION));
            return Sample.rate(transactions.value(Metric.RATE) * MOST_IN_A_TRANSACTION);
        }
    }

    private Contest contest(Findings findings, Commit commit, int categories, Trial ours) {
        String what = CALLERS + " callers, " + (categories == 1 ? "one category" : categories + " categories")
                + way.inWords() + ", synchronous_commit " + commit.key();
        return findings.contest(name() + "." + categories + "." + commit.key(), what)
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
