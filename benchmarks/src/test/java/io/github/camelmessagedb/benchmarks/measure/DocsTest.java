package io.github.camelmessagedb.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsTest {

    private static final String PAGE = """
            Before.
            <!-- figures of consume, written by the benchmarks -->
            old
            <!-- end -->
            Between.
            <!-- figures of group, written by the benchmarks -->
            not measured this time
            <!-- end -->
            """;

    @TempDir
    private Path root;

    @BeforeEach
    void pages() throws IOException {
        Files.createDirectories(root.resolve("docs"));
        Files.writeString(root.resolve("docs/performance.md"), PAGE);
        Files.writeString(
                root.resolve("README.md"), "<!-- figures, written by the benchmarks -->\n<!-- end -->\nMore.\n");
    }

    @Test
    void what_was_measured_is_written_anew_and_all_else_stays() throws Exception {
        report().writeDocs(root, false);

        assertThat(performance())
                .startsWith("Before.\n<!-- figures of consume, written by the benchmarks -->\n| what |")
                .doesNotContain("old")
                .contains("| a bare loop | 2 x |")
                .contains("Between.")
                .contains("not measured this time");
    }

    @Test
    void a_curve_is_drawn_and_comes_to_the_end_of_a_page_that_has_no_place_for_it() throws Exception {
        report().writeDocs(root, false);

        assertThat(performance()).contains("![Growing](plots/growing.svg)");
        assertThat(root.resolve("docs/plots/growing.svg")).content().startsWith("<svg");
    }

    @Test
    void the_first_page_tells_the_headlines_of_a_run_of_all_and_where_it_was() throws Exception {
        report().writeDocs(root, true);

        assertThat(root.resolve("README.md"))
                .content()
                .contains("| consuming | a bare loop | 2 x |")
                .contains(" processors, ")
                .endsWith("<!-- end -->\nMore.\n");
        assertThat(performance()).contains("<!-- machine of the curves, written by the benchmarks -->\n");
    }

    @Test
    void a_run_of_some_leaves_the_first_page_alone_and_says_so_where_its_figures_are() throws Exception {
        report().writeDocs(root, false);

        assertThat(root.resolve("README.md")).content().doesNotContain("consuming");
        assertThat(performance()).contains("Measured alone: ");
    }

    private String performance() throws IOException {
        return Files.readString(root.resolve("docs/performance.md"));
    }

    private static Report report() throws Exception {
        Findings findings = new Findings(Targets.ours(), Size.TINY, new PrintWriter(new StringWriter()));
        findings.contest("consume.raw", "consuming")
                .ours(() -> Sample.rate(2))
                .against("jdbc", "a bare loop", () -> Sample.rate(1))
                .run(Metric.RATE);
        findings.sweep()
                .at(1, "ours", () -> Sample.rate(2))
                .run(0, 1)
                .curve("growing", "Growing", new Axis("x", false), new Axis("y", false), Metric.RATE);
        return findings.report(Machine.of("", ""));
    }
}
