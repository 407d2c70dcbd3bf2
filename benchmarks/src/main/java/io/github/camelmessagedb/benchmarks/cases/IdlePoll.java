package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.benchmarks.measure.Trial;
import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.subscription.RecordedPosition;
import io.github.camelmessagedb.subscription.Source;
import io.github.camelmessagedb.subscription.StartPosition;
import io.github.camelmessagedb.subscription.StoreSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a consumer asks when there is nothing for it, while another category has more after it. */
final class IdlePoll implements Benchmark {

    @Override
    public String name() {
        return "idle-poll";
    }

    @Override
    public String what() {
        return "a poll that finds nothing";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        run(setting, findings, "category", Filter.NONE);
        run(setting, findings, "member", Filter.NONE.withGroup(new ConsumerGroup(1, 4)));
        run(setting, findings, "type", Filter.NONE.withTypes(Set.of("NeverWritten")));
    }

    private void run(Setting setting, Findings findings, String key, Filter filter) throws Exception {
        int polls = setting.size().millis() / 5;
        MessageStore store = new MessageStore(setting.server().pool(1, Commit.ON));
        BareJdbc jdbc = new BareJdbc(setting.server().pool(1, Commit.ON));
        Source source =
                new StoreSource(store.reader(), ReadQuery.of(Server.BACKLOG).withFilter(filter));
        RecordedPosition end = end(source);
        findings.contest(name() + "." + key, what() + ": " + key)
                .ours(median(polls, () -> source.read(end)))
                .against(
                        "function",
                        "get_category_messages",
                        median(Math.max(1, polls / 20), () -> jdbc.poll(Server.BACKLOG, end.position() + 1)))
                .run(List.of(Metric.TIME), Metric.TIME);
    }

    /** With the id of the last message, as a consumer that has read it knows it. */
    private static RecordedPosition end(Source source) {
        RecordedPosition beforeLast = new RecordedPosition(
                source.positionBefore(new StartPosition.End()).position() - 1, null);
        return source.read(beforeLast).last();
    }

    private static Trial median(int polls, Timed.Action poll) {
        return () -> {
            long[] nanos = new long[Math.max(1, polls)];
            for (int i = 0; i < nanos.length; i++) {
                long before = System.nanoTime();
                poll.run();
                nanos[i] = System.nanoTime() - before;
            }
            Arrays.sort(nanos);
            return new Sample(Map.of(Metric.TIME, Sample.percentile(nanos, 50)));
        };
    }
}
