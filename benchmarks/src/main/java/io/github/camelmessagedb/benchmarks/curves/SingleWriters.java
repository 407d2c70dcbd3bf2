package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.cases.Callers;
import io.github.camelmessagedb.benchmarks.cases.SingleWrites;
import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.CamelSql;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import io.github.camelmessagedb.benchmarks.measure.Sweep;
import io.github.camelmessagedb.benchmarks.measure.Trial;

/** Who writes messages one by one for many callers. All have as many connections. */
final class SingleWriters implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final Routes ours;
    private final Routes alone;
    private final Routes camelSql;
    private final BareJdbc jdbc;

    SingleWriters(Server server, Commit commit) throws Exception {
        ours = SingleWrites.route(server.pool(CONNECTIONS, commit), "");
        alone = SingleWrites.route(server.pool(CONNECTIONS, commit), "coalesceWrites=false");
        camelSql = CamelSql.writing(server.pool(CONNECTIONS, commit));
        jdbc = new BareJdbc(server.pool(CONNECTIONS, commit));
    }

    /** All of them at a step of a sweep. */
    void at(Sweep sweep, int x, int callers, int categories, int millis) {
        sweep.at(x, "camel-messagedb", trial(callers, categories, millis, to -> SingleWrites.write(ours, to)))
                .at(
                        x,
                        "camel-messagedb, coalesceWrites=false",
                        trial(callers, categories, millis, to -> SingleWrites.write(alone, to)))
                .at(x, "camel-sql", trial(callers, categories, millis, to -> CamelSql.write(camelSql, to)))
                .at(x, "bare JDBC", trial(callers, categories, millis, jdbc::write));
    }

    private static Trial trial(int callers, int categories, int millis, Callers.Write write) {
        return () -> {
            try (Callers all = new Callers(callers, "writers" + categories + "x", categories)) {
                return all.call(millis, write);
            }
        };
    }

    @Override
    public void close() {
        ours.close();
        alone.close();
        camelSql.close();
    }
}
