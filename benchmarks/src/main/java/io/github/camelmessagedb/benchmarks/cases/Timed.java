package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.benchmarks.measure.Trial;
import java.util.concurrent.TimeUnit;

/** Does the same over and over for a time. */
public final class Timed {

    private Timed() {}

    /** Something that can be done again. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /**
     * A trial of it.
     *
     * @param each how many messages an action is
     */
    public static Trial rate(int millis, int each, Action action) {
        return () -> {
            long began = System.nanoTime();
            long end = began + TimeUnit.MILLISECONDS.toNanos(millis);
            long done = 0;
            long now;
            do {
                action.run();
                done += each;
                now = System.nanoTime();
            } while (now < end);
            return Sample.rate(done / ((now - began) / 1e9));
        };
    }
}
