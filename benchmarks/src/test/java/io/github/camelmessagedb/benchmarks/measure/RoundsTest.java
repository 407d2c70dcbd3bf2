package io.github.camelmessagedb.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final List<String> turns = new ArrayList<>();
    private final Map<String, Trial> contestants = new LinkedHashMap<>();

    @Test
    void contestants_take_turns() throws Exception {
        contestant("a", 1, 1, 1);
        contestant("b", 1, 1, 1);

        Rounds.of(contestants, 3);

        assertThat(turns).containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void a_ratio_is_made_of_what_was_measured_side_by_side() throws Exception {
        contestant("a", 2, 20, 200);
        contestant("b", 1, 10, 100);

        Rounds rounds = Rounds.of(contestants, 3);

        assertThat(rounds.ratios(Metric.RATE, "a", "b")).isEqualTo(Spread.exactly(2));
    }

    @Test
    void who_is_warmed_up_runs_at_least_once_and_not_at_all_where_there_is_no_time() throws Exception {
        contestants.put("a", () -> {
            turns.add("a");
            return Sample.rate(1);
        });

        Rounds.warmUp(contestants.values(), 0);
        assertThat(turns).isEmpty();
        Rounds.warmUp(contestants.values(), 1);
        assertThat(turns).isNotEmpty();
    }

    private void contestant(String name, double... rates) {
        List<Double> all = new ArrayList<>();
        for (double rate : rates) {
            all.add(rate);
        }
        Iterator<Double> next = all.iterator();
        contestants.put(name, () -> {
            turns.add(name);
            return Sample.rate(next.next());
        });
    }
}
