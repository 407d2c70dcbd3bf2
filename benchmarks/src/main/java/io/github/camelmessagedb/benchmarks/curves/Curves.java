package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import java.util.List;

/** All of them, in the order in which they run. */
public final class Curves {

    public static final List<Benchmark> ALL = List.of(
            new BacklogCurve(),
            new HeapCurve(),
            new PayloadCurve(),
            new GroupCurve(),
            new WorkersCurve(),
            new CallersCurve(),
            new CategoriesCurve(),
            new ConsumersCurve());

    private Curves() {}
}
