package io.github.camelmessagedb.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The samples of contestants that took turns: A B A B, so that what the machine does in between meets all of them alike. A
 * ratio is made of the two samples of a round, and only then the median of rounds.
 */
public final class Rounds {

    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    private Rounds() {}

    /** Runs all of them in turn. */
    public static Rounds of(Map<String, Trial> contestants, int rounds) throws Exception {
        Rounds result = new Rounds();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Trial> contestant : contestants.entrySet()) {
                result.samples
                        .computeIfAbsent(contestant.getKey(), name -> new ArrayList<>())
                        .add(contestant.getValue().run());
            }
        }
        return result;
    }

    /**
     * Runs each over and over for a time, once at the least if there is any: until then the JVM may still compile what it
     * runs. What it finds is not kept.
     */
    public static void warmUp(Iterable<Trial> contestants, int millis) throws Exception {
        for (Trial contestant : contestants) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (System.nanoTime() < end) {
                contestant.run();
            }
        }
    }

    Spread values(Metric metric, String contestant) {
        return Spread.of(of(contestant).stream().map(s -> s.value(metric)).toList());
    }

    Spread ratios(Metric metric, String contestant, String opponent) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < of(contestant).size(); round++) {
            ratios.add(of(contestant).get(round).value(metric)
                    / of(opponent).get(round).value(metric));
        }
        return Spread.of(ratios);
    }

    private List<Sample> of(String contestant) {
        List<Sample> ofContestant = samples.get(contestant);
        if (ofContestant == null) {
            throw new IllegalArgumentException("No contestant " + contestant);
        }
        return ofContestant;
    }
}
