package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.benchmarks.measure.Trial;
import javax.sql.DataSource;
import org.apache.camel.Processor;

/** Who reads a category from its beginning. */
final class Readers {

    static final String OURS = "camel-messagedb, a route that counts";
    static final String JDBC = "a bare JDBC read loop";

    private Readers() {}

    static Sample ours(DataSource pool, String category, Meter meter) throws Exception {
        return route(pool, category, "", exchange -> meter.count()).until(meter);
    }

    /** Metered from its start. */
    static Sample oursFromStart(DataSource pool, String category, Meter meter) throws Exception {
        return route(pool, category, "", exchange -> meter.count()).fromStartUntil(meter);
    }

    static Sample jdbcFromStart(DataSource pool, String category, Meter meter) throws Exception {
        meter.begin();
        return jdbc(pool, category, meter);
    }

    /** Not started. Its position is in memory, as the opponents' is. */
    static Routes route(DataSource pool, String category, String options, Processor processor) throws Exception {
        return Routes.withMessageDb(pool)
                .consume("messagedb:" + category + "?positionStore=memory" + options, processor);
    }

    /** The same with the position in the store, and all else as it is by default, too. */
    static Routes durable(DataSource pool, String category, Processor processor) throws Exception {
        return Routes.withMessageDb(pool)
                .consume("messagedb:" + category + "?consumerId=curve&seekTo=beginning", processor);
    }

    static Sample jdbc(DataSource pool, String category, Meter meter) throws Exception {
        new BareJdbc(pool).read(category, meter);
        return meter.await();
    }

    /** The same several times, where once is over too soon to tell anything. */
    static Trial repeated(int times, Trial trial) {
        return () -> {
            double rates = 0;
            for (int i = 0; i < times; i++) {
                rates += trial.run().value(Metric.RATE);
            }
            return Sample.rate(rates / times);
        };
    }
}
