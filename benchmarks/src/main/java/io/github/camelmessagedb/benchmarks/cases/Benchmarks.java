package io.github.camelmessagedb.benchmarks.cases;

import java.util.List;

/** All of them, in the order in which they run. */
public final class Benchmarks {

    public static final List<Benchmark> ALL = List.of(
            new BatchWrites(Way.OFFICIAL),
            new BatchWrites(Way.FAST),
            new ManyCallers(Way.OFFICIAL),
            new ManyCallers(Way.FAST),
            new LoneCaller(),
            new Consuming(),
            new GroupMembers(),
            new IdlePoll(),
            new Latency(),
            new Everything());

    private Benchmarks() {}
}
