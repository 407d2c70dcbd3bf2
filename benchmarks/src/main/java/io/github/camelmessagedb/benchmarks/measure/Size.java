package io.github.camelmessagedb.benchmarks.measure;

/**
 * How much is done.
 *
 * @param targetsOnly whether nothing is run that has no target
 * @param warmUpMillis how long each contestant runs before anything counts
 * @param rounds rounds that are
 * @param millis how long a trial of writing takes
 * @param backlog how many messages the category has that is read
 * @param streams in how many streams
 * @param dominating how many messages another category has, written after it
 * @param read how many messages a trial of reading takes
 * @param idleMillis how long nothing happens while CPU is measured
 * @param deliveries how many messages a trial of latency writes
 */
public record Size(
        String name,
        boolean targetsOnly,
        int warmUpMillis,
        int rounds,
        int millis,
        int backlog,
        int streams,
        int dominating,
        int read,
        int idleMillis,
        int deliveries) {

    public static final Size FULL =
            new Size("full", false, 3_000, 7, 1_000, 1_000_000, 10_000, 1_500_000, 400_000, 20_000, 1_000);

    public static final Size QUICK =
            new Size("quick", true, 2_500, 3, 700, 250_000, 10_000, 400_000, 150_000, 6_000, 300);

    /** Says nothing about speed, only that the program runs. */
    public static final Size TINY = new Size("tiny", false, 0, 1, 20, 5_000, 50, 5_000, 3_000, 20, 5);

    /**
     * The one of this name.
     *
     * @throws IllegalArgumentException for any other name
     */
    public static Size of(String name) {
        return switch (name) {
            case "full" -> FULL;
            case "quick" -> QUICK;
            case "tiny" -> TINY;
            default -> throw new IllegalArgumentException("Bad size '" + name + "': it must be full, quick or tiny");
        };
    }
}
