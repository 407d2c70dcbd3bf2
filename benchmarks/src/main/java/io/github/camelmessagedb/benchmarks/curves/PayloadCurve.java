package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Setting;
import io.github.camelmessagedb.benchmarks.cases.SingleWrites;
import io.github.camelmessagedb.benchmarks.cases.Timed;
import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Payload;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.benchmarks.measure.Sweep;
import io.github.camelmessagedb.benchmarks.measure.Trial;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Larger and larger messages, written one by one, and read. */
final class PayloadCurve implements Benchmark {

    private static final int ALL_TOGETHER = 64_000_000;
    private static final int MOST = 50_000;
    private static final int LEAST = 100;
    private static final int HEAP_SAMPLES = 4;
    private static final Axis SIZE = new Axis("characters of data in a message", true);

    @Override
    public String name() {
        return "curve-payload";
    }

    @Override
    public String what() {
        return "messages of 100 characters to a million";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        List<Integer> steps =
                Extent.steps(setting.size(), 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000);
        writes(setting, findings, steps);
        reads(setting, findings, steps);
    }

    private static void writes(Setting setting, Findings findings, List<Integer> steps) throws Exception {
        Extent extent = Extent.of(setting.size());
        BareJdbc jdbc = new BareJdbc(setting.server().pool(1, Commit.ON));
        try (Routes routes = SingleWrites.route(setting.server().pool(1, Commit.ON), "")) {
            Sweep sweep = findings.sweep();
            for (int characters : steps) {
                String data = Payload.data(characters);
                sweep.at(
                                characters,
                                "camel-messagedb, a route that writes",
                                Timed.rate(extent.millis(), 1, () -> SingleWrites.write(routes, "payload-1", data)))
                        .at(
                                characters,
                                "write_message by bare JDBC",
                                Timed.rate(extent.millis(), 1, () -> jdbc.write("payload-2", data)));
            }
            sweep.run(extent.warmUpMillis(), extent.rounds())
                    .curve(
                            "payload-write",
                            "Writing larger messages, one caller, synchronous_commit on",
                            SIZE,
                            Extent.RATE_LOG,
                            Metric.RATE);
        }
    }

    private static void reads(Setting setting, Findings findings, List<Integer> steps) throws Exception {
        Extent extent = Extent.of(setting.size());
        DataSource ours = setting.server().pool(4, Commit.OFF);
        DataSource opponent = setting.server().pool(1, Commit.OFF);
        Sweep sweep = findings.sweep();
        for (int characters : steps) {
            String category = "payload" + characters;
            int messages =
                    Extent.isTiny(setting.size()) ? LEAST : Math.max(LEAST, Math.min(MOST, ALL_TOGETHER / characters));
            findings.progress("filling a category of " + messages + " messages of " + characters + " characters");
            setting.server().fillWithData(category, messages, characters);
            sweep.at(
                            characters,
                            Readers.OURS,
                            withHeap(messages, meter -> Readers.oursFromStart(ours, category, meter)))
                    .at(
                            characters,
                            Readers.JDBC,
                            withHeap(messages, meter -> Readers.jdbcFromStart(opponent, category, meter)));
        }
        sweep.run(extent.warmUpMillis(), extent.rounds())
                .curve("payload-read", "Reading larger messages", SIZE, Extent.RATE_LOG, Metric.RATE)
                .curve(
                        "payload-heap",
                        "Heap while larger messages are read",
                        SIZE,
                        new Axis(HeapCurve.LEFT.label(), true),
                        Metric.HEAP);
    }

    /** Reads a category once for its rate, all of it, for a page can have all; and once for what it holds. */
    private static Trial withHeap(int messages, Reading reading) {
        return () -> {
            Sample rate = reading.of(new Meter(messages));
            Heap heap = new Heap(messages, HEAP_SAMPLES);
            reading.of(new Meter(messages, heap));
            return rate.and(new Sample(Map.of(Metric.HEAP, heap.most())));
        };
    }

    private interface Reading {
        Sample of(Meter meter) throws Exception;
    }
}
