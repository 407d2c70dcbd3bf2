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
import java.util.LinkedHashMap;
import java.util.Map;

/** Who writes messages one by one for many callers. All have as many connections. */
final class SingleWriters implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    /** What a program of one caller would need half a minute for is compiled in a few seconds. */
    private static final int WARMING_UP = 64;

    private final Routes ours;
    private final Routes alone;
    private final Routes camelSql;
    private final Map<String, Callers.Write> contestants = new LinkedHashMap<>();

    SingleWriters(Server server, Commit commit) throws Exception {
        ours = SingleWrites.route(server.pool(CONNECTIONS, commit), "");
        alone = SingleWrites.route(server.pool(CONNECTIONS, commit), "coalesceWrites=false");
        camelSql = CamelSql.writing(server.pool(CONNECTIONS, commit));
        BareJdbc jdbc = new BareJdbc(server.pool(CONNECTIONS, commit));
        contestants.put("camel-messagedb", stream -> SingleWrites.write(ours, stream));
        contestants.put("camel-messagedb, coalesceWrites=false", stream -> SingleWrites.write(alone, stream));
        contestants.put("camel-sql", stream -> CamelSql.write(camelSql, stream));
        contestants.put("bare JDBC", jdbc::write);
    }

    /** Each writes for so long, for many callers. */
    void warmUp(int millis) throws Exception {
        for (Callers.Write write : contestants.values()) {
            trial(WARMING_UP, 1, millis, write).run();
        }
    }

    /** All of them at a step of a sweep. */
    void at(Sweep sweep, int x, int callers, int categories, int millis) {
        contestants.forEach((name, write) -> sweep.at(x, name, trial(callers, categories, millis, write)));
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
