package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.CamelSql;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import io.github.camelmessagedb.benchmarks.measure.Contest;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.benchmarks.measure.Trial;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.component.jackson.JacksonDataFormat;

/** A backlog through a route that counts. Commits are off: only our side commits anything, its position. */
final class Consuming implements Benchmark {

    private static final String MEMORY = "positionStore=memory";
    /** Kept in the store, where all is the default. */
    private static final String DURABLE = "consumerId=benchmark&seekTo=beginning";

    @Override
    public String name() {
        return "consume";
    }

    @Override
    public String what() {
        return "a backlog through a route";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        DataSource pool = setting.server().pool(4, Commit.OFF);
        raw(setting, findings, "raw", "raw body, position in memory", ours(setting, pool, MEMORY));
        raw(setting, findings, "durable", "raw body, position in the store", ours(setting, pool, DURABLE));
        raw(
                setting,
                findings,
                "lists",
                "raw bodies in lists, position in memory",
                () -> consume(setting, pool, MEMORY + "&batching=true", true));
        Contest parsed = findings.contest("consume.parsed", "body parsed, position in memory")
                .ours(() -> parse(setting, pool));
        setting.againstPython(
                        parsed,
                        () -> setting.python()
                                .read(Server.BACKLOG, setting.size().read()))
                .run(Metric.RATE);
    }

    private void raw(Setting setting, Findings findings, String key, String what, Trial ours) throws Exception {
        DataSource pool = setting.server().pool(2, Commit.OFF);
        findings.contest(name() + "." + key, "consume through a route, " + what)
                .ours(ours)
                .against("jdbc", "a bare JDBC read loop", () -> {
                    Meter meter = new Meter(setting.size().read());
                    new BareJdbc(pool).read(Server.BACKLOG, meter);
                    return meter.await();
                })
                .against("camel-sql", "camel-sql's consumer, greedy, with lists", () -> {
                    Meter meter = new Meter(setting.size().read());
                    return CamelSql.reading(pool, Server.BACKLOG, meter).until(meter);
                })
                .run(Metric.RATE);
    }

    private static Trial ours(Setting setting, DataSource pool, String options) {
        return () -> consume(setting, pool, options, false);
    }

    private static Sample consume(Setting setting, DataSource pool, String options, boolean lists) throws Exception {
        Meter meter = new Meter(setting.size().read());
        return Routes.withMessageDb(pool)
                .consume(
                        from(options),
                        exchange -> meter.count(
                                lists
                                        ? exchange.getIn()
                                                .getMandatoryBody(List.class)
                                                .size()
                                        : 1))
                .until(meter);
    }

    private static Sample parse(Setting setting, DataSource pool) throws Exception {
        Meter meter = new Meter(setting.size().read());
        return Routes.withMessageDb(pool)
                .route(
                        from(MEMORY),
                        route -> route.unmarshal(new JacksonDataFormat()).process(exchange -> meter.count()))
                .until(meter);
    }

    private static String from(String options) {
        return Setting.OURS + ":" + Server.BACKLOG + "?" + options;
    }
}
