package io.github.camelmessagedb.benchmarks.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one trial found. */
public record Sample(Map<Metric, Double> values) {

    /** Makes the values unmodifiable. */
    public Sample {
        values = Map.copyOf(values);
    }

    /** A rate alone. */
    public static Sample rate(double perSecond) {
        return new Sample(Map.of(Metric.RATE, perSecond));
    }

    /** A rate, and how long calls took, in nanoseconds. */
    public static Sample of(double perSecond, long[] sortedNanos) {
        return new Sample(Map.of(
                Metric.RATE,
                perSecond,
                Metric.P50,
                percentile(sortedNanos, 50),
                Metric.P99,
                percentile(sortedNanos, 99)));
    }

    /** Of nanoseconds, in milliseconds. */
    public static double percentile(long[] sortedNanos, int percent) {
        int index = (int) Math.ceil(sortedNanos.length * percent / 100.0) - 1;
        return sortedNanos[Math.max(0, index)] / 1e6;
    }

    /** The values of both. */
    public Sample and(Sample other) {
        Map<Metric, Double> all = new EnumMap<>(Metric.class);
        all.putAll(values);
        all.putAll(other.values);
        return new Sample(all);
    }

    /** All of it, for whoever waits. */
    String text() {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(value -> (value.getKey() + " ").replaceFirst("^RATE ", "")
                        + Numbers.of(value.getValue())
                        + value.getKey().unit())
                .collect(Collectors.joining(", "));
    }

    public double value(Metric metric) {
        return Optional.ofNullable(values.get(metric))
                .orElseThrow(() -> new IllegalStateException("The trial did not measure " + metric));
    }
}
