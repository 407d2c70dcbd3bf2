package io.github.camelmessagedb.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final Axis X = new Axis("messages", true);
    private static final Axis Y = new Axis("messages a second", false);

    private final List<String> turns = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private Findings findings;

    @BeforeEach
    void findings() throws IOException {
        findings = new Findings(Targets.ours(), Size.TINY, new PrintWriter(out));
    }

    @Test
    void a_round_goes_through_all_steps_and_contestants_take_turns_at_each() throws Exception {
        sweep().run(0, 2);

        assertThat(turns).containsExactly("ours 1", "theirs 1", "ours 10", "ours 1", "theirs 1", "ours 10");
    }

    @Test
    void all_contestants_are_warm_at_the_first_step_before_anything_counts() throws Exception {
        sweep().run(1, 1);

        List<String> before = turns.subList(0, turns.size() - 3);
        assertThat(before).containsSubsequence("ours 1", "theirs 1").doesNotContain("ours 10");
        assertThat(out.toString().lines())
                .filteredOn(line -> line.contains("/s"))
                .hasSize(3);
    }

    @Test
    void what_was_found_is_compared_with_ours_at_the_same_step() throws Exception {
        Curve curve = curve();

        assertThat(curve.places()).containsExactly(1.0, 10.0);
        assertThat(curve.lines()).extracting(Curve.Line::name).containsExactly("ours", "theirs");
        assertThat(curve.lines().get(1).at(1).orElseThrow().ratio().median()).isEqualTo(3);
        assertThat(curve.lines().get(1).at(10)).isEmpty();
    }

    @Test
    void whoever_waits_sees_each_step_and_then_all_of_them() throws Exception {
        curve();

        assertThat(out.toString()).contains("1 theirs: 2/s").contains("ratio to theirs");
    }

    @Test
    void the_plot_names_what_it_shows_and_tells_the_values_to_those_who_cannot_see_it() throws Exception {
        String svg = Plot.svg(curve());

        assertThat(svg)
                .contains("<title>Less &lt; more</title>")
                .contains("ours: 6 at 1, 6 at 10; theirs: 2 at 1.")
                .contains(">theirs</text>")
                .doesNotContain("NaN");
    }

    @Test
    void the_table_has_nothing_where_nothing_was_measured() throws Exception {
        assertThat(CurveTable.markdown(curve()))
                .startsWith("| messages | 1 | 10 |\n| --- | ---: | ---: |\n")
                .contains("| theirs | 2 |  |\n| ratio to theirs | 3 |  |\n");
    }

    private Curve curve() throws Exception {
        sweep().run(0, 1).curve("name", "Less < more", X, Y, Metric.RATE);
        return findings.report(Machine.of("", "")).curves().get(0);
    }

    private Sweep sweep() {
        return findings.sweep()
                .at(1, "ours", trial("ours 1", 6))
                .at(1, "theirs", trial("theirs 1", 2))
                .at(10, "ours", trial("ours 10", 6));
    }

    private Trial trial(String turn, double rate) {
        return () -> {
            turns.add(turn);
            return Sample.rate(rate);
        };
    }
}
