package io.github.camelmessagedb.benchmarks.cases;

import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_STREAM_NAME;

import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Payload;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import io.github.camelmessagedb.benchmarks.measure.Contest;
import io.github.camelmessagedb.benchmarks.measure.Figure.Missing;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StreamName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** A list as the body of an exchange, to one stream or to a hundred, by the official call or by the way past it. */
final class BatchWrites implements Benchmark {

    private static final int STREAMS = 100;

    private static final String LOOP = "loop";

    /** Of the first contest: until the route, the component and the driver are compiled. */
    private static final int WARM_UPS = 4;

    private final Way way;

    BatchWrites(Way way) {
        this.way = way;
    }

    @Override
    public String name() {
        return way.named("batch");
    }

    @Override
    public String what() {
        return "batches through a route" + way.inWords();
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        int warmUps = WARM_UPS;
        for (Commit commit : Commit.values()) {
            try (Routes routes = Routes.withMessageDb(setting.server().pool(1, commit))) {
                String endpoint = "messagedb:batch?messageType=" + Payload.TYPE
                        + (way.option().isEmpty() ? "" : "&" + way.option());
                if (!routes.knows(endpoint)) {
                    findings.missing(name(), what(), "", Missing.notBuilt("there is no option " + way.option()));
                    return;
                }
                routes.writeTo(endpoint).start();
                run(setting, findings, commit, routes, warmUps);
                warmUps = 1;
            }
        }
    }

    private void run(Setting setting, Findings findings, Commit commit, Routes routes, int warmUps) throws Exception {
        for (int messages : new int[] {100, 10, 1000}) {
            List<Object> elements =
                    Collections.nCopies(messages, Map.of("data", Payload.DATA, "metadata", Payload.METADATA_MAP));
            contest(setting, findings, commit, messages, "")
                    .ours(Timed.rate(setting.size().millis(), messages, () -> write(routes, elements)))
                    .warmingUp(messages == 100 ? warmUps : 1)
                    .run(Metric.RATE);
        }
        contest(setting, findings, commit, STREAMS, "-streams")
                .ours(Timed.rate(setting.size().millis(), STREAMS, () -> write(routes, ofStreams())))
                .run(Metric.RATE);
    }

    private Contest contest(Setting setting, Findings findings, Commit commit, int messages, String suffix) {
        int millis = setting.size().millis();
        BareJdbc jdbc = new BareJdbc(setting.server().pool(1, commit));
        Contest contest = findings.contest(
                        name() + "." + messages + suffix + "." + commit.key(),
                        "batch of " + messages + (suffix.isEmpty() ? "" : ", each to a stream of its own")
                                + way.inWords() + ", synchronous_commit " + commit.key())
                .against(
                        LOOP,
                        "a loop over write_message inside the server",
                        Timed.rate(millis, messages, () -> jdbc.writeInServer("batch-loop", messages)))
                .against(
                        "transaction",
                        "as many calls in a JDBC transaction",
                        Timed.rate(millis, messages, () -> jdbc.writeInTransaction("batch-jdbc", messages)));
        if (way == Way.OFFICIAL) {
            contest.limitedBy(LOOP);
        } else {
            contest.limitedBy(Timed.rate(millis, messages, () -> way.writeInServer(jdbc, "batch-server", messages)));
        }
        return setting.againstPython(
                contest, () -> setting.python().writeBatches("batch-python", messages, commit, millis));
    }

    private static void write(Routes routes, List<?> elements) throws Exception {
        routes.write(exchange -> {
            exchange.getIn().setHeader(OVERRIDE_STREAM_NAME, "batch-route");
            exchange.getIn().setBody(elements);
        });
    }

    private static List<NewMessage> ofStreams() {
        return IntStream.range(0, STREAMS)
                .mapToObj(i -> new NewMessage(
                        StreamName.of("batch-" + i), UUID.randomUUID(), Payload.TYPE, Payload.DATA, Payload.METADATA))
                .toList();
    }
}
