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

    private final String name;
    private final String option;

    /** @param option without which it is not built, or empty */
    BatchWrites(String name, String option) {
        this.name = name;
        this.option = option;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String what() {
        return "batches through a route" + (option.isEmpty() ? "" : " with " + option);
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        for (Commit commit : Commit.values()) {
            try (Routes routes = Routes.withMessageDb(setting.server().pool(1, commit))) {
                String endpoint =
                        "messagedb:batch?messageType=" + Payload.TYPE + (option.isEmpty() ? "" : "&" + option);
                if (!routes.knows(endpoint)) {
                    findings.missing(name, what(), "", Missing.notBuilt("there is no option " + option));
                    return;
                }
                routes.writeTo(endpoint).start();
                run(setting, findings, commit, routes);
            }
        }
    }

    private void run(Setting setting, Findings findings, Commit commit, Routes routes) throws Exception {
        for (int messages : new int[] {10, 100, 1000}) {
            List<Object> elements =
                    Collections.nCopies(messages, Map.of("data", Payload.DATA, "metadata", Payload.METADATA_MAP));
            contest(setting, findings, commit, messages, "")
                    .ours(Timed.rate(setting.size().millis(), messages, () -> write(routes, elements)))
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
                        name + "." + messages + suffix + "." + commit.key(),
                        "batch of " + messages + (suffix.isEmpty() ? "" : ", each to a stream of its own")
                                + (option.isEmpty() ? "" : ", " + option) + ", synchronous_commit " + commit.key())
                .against(
                        "loop",
                        "a loop over write_message inside the server",
                        Timed.rate(millis, messages, () -> jdbc.writeInServer("batch-loop", messages)))
                .against(
                        "transaction",
                        "as many calls in a JDBC transaction",
                        Timed.rate(millis, messages, () -> jdbc.writeInTransaction("batch-jdbc", messages)));
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
