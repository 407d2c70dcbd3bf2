package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.measure.Findings;

/** Something that is measured. */
public interface Benchmark {

    /** What its figures' keys begin with. */
    String name();

    /** In words. */
    String what();

    void run(Setting setting, Findings findings) throws Exception;
}
