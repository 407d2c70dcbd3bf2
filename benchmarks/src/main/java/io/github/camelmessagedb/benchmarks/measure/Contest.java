package io.github.camelmessagedb.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our side against one or several opponents, in turns. */
public final class Contest {

    private static final String OURS = "";
    private static final String SERVER = "server";

    private final String key;
    private final String what;
    private final Findings findings;
    private final Map<String, Trial> contestants = new LinkedHashMap<>();
    private final List<Opponent> opponents = new ArrayList<>();
    private final List<Opponent> absent = new ArrayList<>();
    private int warmUps = 1;
    private String limit = OURS;

    private record Opponent(String key, String name, Figure.Missing missing) {}

    private static final Figure.Missing NOTHING = Figure.Missing.skipped("");

    Contest(String key, String what, Findings findings) {
        this.key = key;
        this.what = what;
        this.findings = findings;
    }

    public Contest ours(Trial trial) {
        contestants.put(OURS, trial);
        return this;
    }

    /**
     * Someone to be measured against.
     *
     * @param opponent the end of the figure's key
     */
    public Contest against(String opponent, String name, Trial trial) {
        contestants.put(opponent, trial);
        opponents.add(new Opponent(opponent, name, NOTHING));
        return this;
    }

    /**
     * The server on its own, which does the same work without a client: nobody can be faster. Figures of rates say how it
     * compares to their opponents, so that it can be seen which targets are within reach on a machine.
     */
    public Contest limitedBy(Trial server) {
        contestants.put(SERVER, server);
        return limitedBy(SERVER);
    }

    /** The same, where one of the opponents is the server on its own. */
    public Contest limitedBy(String opponent) {
        limit = opponent;
        return this;
    }

    /** How many times as long as usual all run before anything counts, where there is much to be compiled until then. */
    public Contest warmingUp(int times) {
        warmUps = times;
        return this;
    }

    /** Someone who cannot take part. */
    public Contest without(String opponent, String name, Figure.Missing missing) {
        absent.add(new Opponent(opponent, name, missing));
        return this;
    }

    /** Compares by these metrics, and gives no figures of our side alone. */
    public void run(Metric... metrics) throws Exception {
        run(List.of(), metrics);
    }

    /**
     * Runs whom a wanted figure is about.
     *
     * @param absolute the metrics of which our own value is a figure
     */
    public void run(List<Metric> absolute, Metric... metrics) throws Exception {
        opponents.removeIf(opponent -> !isWanted(opponent, metrics));
        contestants
                .keySet()
                .removeIf(name -> !name.equals(OURS)
                        && !name.equals(limit)
                        && opponents.stream().noneMatch(o -> o.key.equals(name)));
        boolean alone = absolute.stream().anyMatch(metric -> findings.isWanted(metric.key(key, "")));
        if (!opponents.isEmpty() || alone) {
            Rounds.warmUp(contestants.values(), warmUps * findings.size().warmUpMillis());
            Rounds rounds = Rounds.of(contestants, findings.size().rounds());
            absolute.forEach(metric -> findings.add(
                    Figure.absolute(metric.key(key, ""), what, rounds.values(metric, OURS), metric.unit())));
            report(rounds, metrics);
        }
        for (Opponent opponent : absent) {
            for (Metric metric : metrics) {
                findings.add(Figure.missing(metric.key(key, opponent.key), what, opponent.name, opponent.missing));
            }
        }
    }

    private boolean isWanted(Opponent opponent, Metric... metrics) {
        return List.of(metrics).stream().anyMatch(metric -> findings.isWanted(metric.key(key, opponent.key)));
    }

    private void report(Rounds rounds, Metric... metrics) {
        for (Opponent opponent : opponents) {
            for (Metric metric : metrics) {
                String unit = metric == Metric.RATE ? "x" : "x of " + metric.name();
                findings.add(new Figure(
                        metric.key(key, opponent.key),
                        what,
                        opponent.name,
                        rounds.ratios(metric, OURS, opponent.key),
                        unit,
                        rounds.values(metric, OURS),
                        rounds.values(metric, opponent.key),
                        limit(rounds, metric, opponent),
                        null));
            }
        }
    }

    private @Nullable Spread limit(Rounds rounds, Metric metric, Opponent opponent) {
        return metric != Metric.RATE || limit.equals(OURS) || limit.equals(opponent.key)
                ? null
                : rounds.ratios(metric, limit, opponent.key);
    }
}
