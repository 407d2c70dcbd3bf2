package io.github.camelmessagedb.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of contestants that took turns: A B A B, so that what the machine does in between meets all of them alike. A
 * ratio is made of the two samples of a round, and only then the median of rounds.
 */
public final class Rounds {

    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    private Rounds() {}

    /** Runs all of them in turn; what the first rounds find is not kept. */
    public static Rounds of(Map<String, Trial> contestants, int warmUps, int rounds) throws Exception {
        Rounds result = new Rounds();
        for (int round = 0; round < warmUps + rounds; round++) {
            for (Map.Entry<String, Trial> contestant : contestants.entrySet()) {
                Sample sample = contestant.getValue().run();
                if (round >= warmUps) {
                    result.samples
                            .computeIfAbsent(contestant.getKey(), name -> new ArrayList<>())
                            .add(sample);
                }
            }
        }
        return result;
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
