package io.github.camelmessagedb.benchmarks.cases;

import java.util.List;

/** All of them, in the order in which they run. */
public final class Benchmarks {

    public static final List<Benchmark> ALL = List.of(
            new BatchWrites("batch", ""),
            new BatchWrites("batch-fast", "fastWrites=true"),
            new ManyCallers("callers", ""),
            new ManyCallers("callers-fast", "fastWrites=true"),
            new LoneCaller(),
            new Consuming(),
            new GroupMembers(),
            new IdlePoll(),
            new Latency(),
            new Everything());

    private Benchmarks() {}
}
