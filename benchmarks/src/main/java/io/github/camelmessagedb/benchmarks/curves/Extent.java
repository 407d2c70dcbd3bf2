package io.github.camelmessagedb.benchmarks.curves;

import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import io.github.camelmessagedb.benchmarks.measure.Size;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much of a curve is measured.
 *
 * @param every which of its steps
 * @param warmUpMillis how long a contestant runs before anything counts
 * @param millis how long a trial takes that takes a time
 */
record Extent(int every, int warmUpMillis, int rounds, int millis) {

    static final Axis RATE = new Axis("messages a second", false);
    static final Axis RATE_LOG = new Axis("messages a second", true);

    private static final Extent FULL = new Extent(1, 4_000, 3, 700);
    private static final Extent QUICK = new Extent(2, 1_500, 1, 400);
    private static final Extent TINY = new Extent(1, 0, 1, 20);

    static Extent of(Size size) {
        if (isTiny(size)) {
            return TINY;
        }
        return size.targetsOnly() ? QUICK : FULL;
    }

    static boolean isTiny(Size size) {
        return size.equals(Size.TINY);
    }

    /** All steps, or every other one, or, to see whether it runs, the first two. */
    static List<Integer> steps(Size size, int... all) {
        if (isTiny(size)) {
            return List.of(all[0], all[1]);
        }
        int every = of(size).every;
        return IntStream.range(0, all.length)
                .filter(i -> i % every == 0)
                .mapToObj(i -> all[i])
                .toList();
    }
}
