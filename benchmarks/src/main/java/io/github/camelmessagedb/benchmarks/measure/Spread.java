package io.github.camelmessagedb.benchmarks.measure;

import java.util.List;

/** Where the values of several rounds lie. */
public record Spread(double median, double lowest, double highest) {

    /**
     * Of the values of all rounds.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("No values");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Of one value. */
    public static Spread exactly(double value) {
        return new Spread(value, value, value);
    }
}
