package io.github.camelmessagedb.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Benchmarks;
import io.github.camelmessagedb.benchmarks.curves.Curves;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Says nothing about speed: that every benchmark runs, and what the program makes of what it finds. */
class BenchmarksIT {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();

    @Test
    void every_benchmark_runs_every_target_has_its_figure_and_met_targets_end_the_program_with_0() throws IOException {
        Path json = directory.resolve("figures.json");
        Path markdown = directory.resolve("figures.md");

        int exitCode = runTiny(
                "--targets",
                targets("batch.100.off.loop = >= 0"),
                "--json",
                json.toString(),
                "--markdown",
                markdown.toString());

        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("targets: 1 met, 0 missed");
        assertThat(Files.readString(json)).contains(keysOfTargets());
        assertThat(Files.readString(markdown)).contains("| batch of 100,");
        assertThat(Benchmarks.ALL)
                .extracting(Benchmark::name)
                .allSatisfy(name -> assertThat(out.toString()).contains("== " + name));
    }

    @Test
    void every_curve_runs_and_is_drawn_into_the_pages() throws IOException {
        Path json = directory.resolve("curves.json");

        int exitCode = run("curves", "--size", "tiny", "--json", json.toString(), "--docs", directory.toString());

        assertThat(exitCode).isZero();
        assertThat(Curves.ALL)
                .extracting(Benchmark::name)
                .allSatisfy(name -> assertThat(out.toString()).contains("== " + name));
        assertThat(directory.resolve("docs/performance.md"))
                .content()
                .contains("(plots/backlog.svg)", "(plots/consumers-server.svg)");
        assertThat(directory.resolve("docs/plots/payload-read.svg")).content().contains("</svg>");
        assertThat(json).content().contains("\"heap-along\"");
    }

    @Test
    void a_ratio_below_its_target_ends_the_program_with_1() throws IOException {
        int exitCode = runTiny("--only", "idle-poll", "--targets", targets("idle-poll.type.time.function = <= 0"));

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString()).contains("<= 0 MISSED").contains("targets: 0 met, 1 missed");
    }

    @Test
    void a_benchmark_that_is_not_there_ends_the_program_with_2() {
        assertThat(runTiny("--only", "nothing")).isEqualTo(2);
        assertThat(out.toString()).contains("There is no benchmark nothing").contains("callers");
    }

    private int runTiny(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--size", "tiny"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Program.run(new PrintWriter(out, true), arguments);
    }

    private String targets(String text) throws IOException {
        return Files.writeString(directory.resolve("targets.properties"), text).toString();
    }

    private static Set<String> keysOfTargets() throws IOException {
        Properties targets = new Properties();
        try (var file = BenchmarksIT.class.getResourceAsStream("/targets.properties")) {
            targets.load(file);
        }
        return targets.stringPropertyNames();
    }
}
