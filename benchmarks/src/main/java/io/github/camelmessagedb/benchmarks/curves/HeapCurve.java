package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Setting;
import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Groups;
import io.github.camelmessagedb.benchmarks.measure.Curve;
import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import io.github.camelmessagedb.benchmarks.measure.Curve.Line;
import io.github.camelmessagedb.benchmarks.measure.Curve.Point;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** What is left on the heap after a collection: along one long read, and in reads of more and more messages. */
final class HeapCurve implements Benchmark {

    static final Axis LEFT = new Axis("MiB left on the heap", false);

    private static final int SAMPLES = 10;
    private static final int MEMBERS = 4;

    private final Map<String, List<Point>> most = new LinkedHashMap<>();
    private final Map<String, List<Point>> along = new LinkedHashMap<>();

    @Override
    public String name() {
        return "curve-heap";
    }

    @Override
    public String what() {
        return "the heap while a backlog is consumed";
    }

    /** Reads all of a category. */
    private interface Reading {
        void of(String category, Meter meter) throws Exception;
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        DataSource pool = setting.server().pool(MEMBERS + 1, Commit.OFF);
        Map<String, Reading> readings = new LinkedHashMap<>();
        readings.put(
                "camel-messagedb, one consumer, position in the store",
                (c, meter) ->
                        Readers.durable(pool, c, exchange -> meter.count()).until(meter));
        readings.put("camel-messagedb, a group of " + MEMBERS, (c, meter) -> Groups.together(pool, c, MEMBERS, meter));
        readings.put(Readers.JDBC, (c, meter) -> new BareJdbc(pool).read(c, meter));
        for (int messages : BacklogCurve.steps(setting.size())) {
            String category = BacklogCurve.category(setting, messages);
            for (Map.Entry<String, Reading> reading : readings.entrySet()) {
                Heap heap = new Heap(messages, SAMPLES);
                reading.getValue().of(category, new Meter(messages, heap));
                findings.progress(messages + " " + reading.getKey() + ": " + heap.left());
                keep(reading.getKey(), messages, heap);
            }
        }
        findings.add(new Curve(
                "heap-along", "Heap along one long read", new Axis("messages read", false), LEFT, false, lines(along)));
        findings.add(new Curve(
                "heap-backlog",
                "Heap by the size of the backlog, at its most",
                new Axis("messages in the category", true),
                LEFT,
                false,
                lines(most)));
    }

    /** The long read is the last one. */
    private void keep(String contestant, int messages, Heap heap) {
        most.computeIfAbsent(contestant, name -> new ArrayList<>()).add(point(messages, heap.most()));
        along.put(
                contestant,
                IntStream.range(0, heap.left().size())
                        .mapToObj(i -> point(heap.places().get(i), heap.left().get(i)))
                        .toList());
    }

    private static Point point(double x, double mebibytes) {
        return new Point(x, Spread.exactly(mebibytes), Spread.exactly(1));
    }

    private static List<Line> lines(Map<String, List<Point>> points) {
        return points.entrySet().stream()
                .map(line -> new Line(line.getKey(), line.getValue()))
                .toList();
    }
}
