package io.github.camelmessagedb.benchmarks.measure;

/** What a trial measures. */
public enum Metric {
    /** The more the better; the others are the better the less they are. */
    RATE("", "/s"),
    TIME("time", "ms"),
    P50("p50", "ms"),
    P99("p99", "ms"),
    CLIENT_CPU("client-cpu", "% of a core"),
    SERVER_CPU("server-cpu", "% of a core"),
    /** What is still in use after a collection. */
    HEAP("heap", "MiB");

    private final String key;
    private final String unit;

    Metric(String key, String unit) {
        this.key = key;
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }

    /** The key of a figure of this metric. */
    String key(String contest, String opponent) {
        return contest + (key.isEmpty() ? "" : "." + key) + (opponent.isEmpty() ? "" : "." + opponent);
    }
}
