package io.github.camelmessagedb.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes, and what does not. */
class ReportTest {

    private static final Trial TWICE = () -> Sample.rate(2);
    private static final Trial ONCE = () -> Sample.rate(1);

    @TempDir
    private Path directory;

    private Path targets;
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void file() {
        targets = directory.resolve("targets.properties");
    }

    @Test
    void a_ratio_that_reaches_its_target_passes() throws Exception {
        assertThat(report("a.x = >= 2").isPassed()).isTrue();
    }

    @Test
    void a_ratio_below_its_target_fails() throws Exception {
        assertThat(report("a.x = >= 2.01").isPassed()).isFalse();
    }

    @Test
    void a_ratio_above_what_it_may_be_fails() throws Exception {
        assertThat(report("a.x = <= 1.9").isPassed()).isFalse();
    }

    @Test
    void what_has_no_target_is_told_and_cannot_fail() throws Exception {
        Report report = report("");

        assertThat(report.isPassed()).isTrue();
        report.print(new PrintWriter(out));
        assertThat(out.toString()).contains("a.x").contains("2 x");
    }

    @Test
    void a_target_that_nothing_was_measured_for_fails() throws Exception {
        Report report = report("a.y = >= 1");

        assertThat(report.isPassed()).isFalse();
        report.print(new PrintWriter(out));
        assertThat(out.toString()).contains("a.y has a target and was not measured");
    }

    @Test
    void a_target_of_a_benchmark_that_did_not_run_is_left_alone() throws Exception {
        assertThat(report("b.x = >= 1").isPassed()).isTrue();
    }

    @Test
    void what_is_not_built_fails_if_it_has_a_target() throws Exception {
        assertThat(reportMissing("a.x = >= 1", Figure.Missing.notBuilt("no such option"))
                        .isPassed())
                .isFalse();
        assertThat(out.toString()).contains("not built: no such option");
    }

    @Test
    void what_this_machine_cannot_measure_does_not_fail_and_says_why() throws Exception {
        assertThat(reportMissing("a.x = >= 1", Figure.Missing.skipped("no python3"))
                        .isPassed())
                .isTrue();
        assertThat(out.toString()).contains("skipped: no python3").contains("not measured");
    }

    @Test
    void a_target_that_is_no_number_is_refused() {
        assertThatThrownBy(() -> targets("a.x = 2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.x");
    }

    @Test
    void a_quick_run_measures_nothing_but_what_has_a_target() throws Exception {
        Findings findings = new Findings(targets("a.x = >= 1"), Size.QUICK, new PrintWriter(out));
        findings.begin("a");
        findings.contest("a", "")
                .ours(TWICE)
                .against("x", "", ONCE)
                .against("y", "", () -> {
                    throw new AssertionError("It has no target");
                })
                .run(Metric.RATE);

        assertThat(findings.report(Machine.of("", "")).figures())
                .extracting(Figure::key)
                .containsExactly("a.x");
    }

    @Test
    void what_the_server_comes_to_on_its_own_is_told_beside_the_figures_of_rates() throws Exception {
        Findings findings = new Findings(targets(""), Size.TINY, new PrintWriter(out));
        findings.begin("a");
        findings.contest("a", "")
                .ours(TWICE)
                .against("x", "", ONCE)
                .limitedBy(() -> Sample.rate(3))
                .run(Metric.RATE);
        findings.contest("b", "")
                .ours(TWICE)
                .against("x", "", ONCE)
                .against("server", "", () -> Sample.rate(4))
                .limitedBy("server")
                .run(Metric.RATE);

        assertThat(findings.report(Machine.of("", "")).figures())
                .extracting(Figure::key, Figure::limit)
                .containsExactly(
                        tuple("a.x", Spread.exactly(3)), tuple("b.x", Spread.exactly(4)), tuple("b.server", null));
        assertThat(out.toString()).contains("at most 3 x").contains("at most 4 x");
    }

    private Report report(String targets) throws Exception {
        Findings findings = new Findings(targets(targets), Size.TINY, new PrintWriter(out));
        findings.begin("a");
        findings.contest("a", "twice").ours(TWICE).against("x", "once", ONCE).run(Metric.RATE);
        return findings.report(Machine.of("", ""));
    }

    private Report reportMissing(String targets, Figure.Missing missing) throws Exception {
        Findings findings = new Findings(targets(targets), Size.TINY, new PrintWriter(out));
        findings.begin("a");
        findings.contest("a", "twice").ours(TWICE).without("x", "once", missing).run(Metric.RATE);
        return findings.report(Machine.of("", ""));
    }

    private Targets targets(String text) throws IOException {
        return Targets.of(Files.writeString(targets, text));
    }
}
