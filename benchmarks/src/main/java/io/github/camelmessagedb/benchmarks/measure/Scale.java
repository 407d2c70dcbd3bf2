package io.github.camelmessagedb.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/** How values lie along an edge of a plot: evenly, or each ten times as far. */
record Scale(boolean logarithmic, double from, double to) {

    private static final int TICKS = 5;

    /** One that has room for all values. An even one begins at 0, so that nothing looks steeper than it is. */
    static Scale over(boolean logarithmic, List<Double> values) {
        double least = values.stream().mapToDouble(v -> v).min().orElse(1);
        double most = values.stream().mapToDouble(v -> v).max().orElse(1);
        if (!logarithmic) {
            double room = most > 0 ? most * 1.02 : 1;
            double step = step(room / TICKS);
            return new Scale(false, 0, step * Math.ceil(room / step));
        }
        return new Scale(true, floor(least), ceiling(most));
    }

    /** From the least value to the greatest, without room: for what was chosen and not measured. */
    static Scale exactly(boolean logarithmic, List<Double> values) {
        double least = values.stream().mapToDouble(v -> v).min().orElse(1);
        double most = values.stream().mapToDouble(v -> v).max().orElse(2);
        return new Scale(logarithmic, logarithmic ? least : 0, most > least ? most : least + 1);
    }

    /** From 0 to 1. */
    double of(double value) {
        return logarithmic
                ? (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))
                : (value - from) / (to - from);
    }

    List<Double> ticks() {
        return logarithmic ? decades() : even();
    }

    private List<Double> even() {
        List<Double> ticks = new ArrayList<>();
        double step = step((to - from) / TICKS);
        for (int i = 0; from + i * step <= to * 1.0001; i++) {
            ticks.add(from + i * step);
        }
        return ticks;
    }

    /** 1, 2, 5, 10, … or, where these would be many, 1, 10, 100, … */
    private List<Double> decades() {
        int[] within = to / from > 2_000 ? new int[] {1} : new int[] {1, 2, 5};
        List<Double> ticks = new ArrayList<>();
        for (double decade = power(from); decade <= to * 1.0001; decade *= 10) {
            for (int factor : within) {
                double tick = decade * factor;
                if (tick >= from * 0.9999 && tick <= to * 1.0001) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private static double step(double atLeast) {
        double power = power(atLeast);
        for (int factor : new int[] {1, 2, 5}) {
            if (power * factor >= atLeast * 0.9999) {
                return power * factor;
            }
        }
        return power * 10;
    }

    private static double floor(double value) {
        double power = power(value);
        double leading = value / power;
        return power * (leading >= 5 ? 5 : leading >= 2 ? 2 : 1);
    }

    private static double ceiling(double value) {
        return step(value * 1.02);
    }

    private static double power(double value) {
        return Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9)) + 1e-9));
    }
}
