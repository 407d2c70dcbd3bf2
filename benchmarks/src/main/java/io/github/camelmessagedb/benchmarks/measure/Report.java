package io.github.camelmessagedb.benchmarks.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All figures of a run.
 *
 * @param unmeasured targets that no figure was made for, which is a mistake in the targets or in a benchmark
 */
public record Report(
        Machine machine, Size size, List<Figure> figures, List<Curve> curves, Targets targets, Set<String> unmeasured) {

    /** Makes the collections unmodifiable. */
    public Report {
        figures = List.copyOf(figures);
        curves = List.copyOf(curves);
        unmeasured = Set.copyOf(unmeasured);
    }

    /** Whether every target is met, or cannot be measured on this machine. */
    public boolean isPassed() {
        return unmeasured.isEmpty() && count(Verdict.MISSED) == 0;
    }

    private long count(Verdict verdict) {
        return figures.stream().filter(f -> Verdict.of(f, targets) == verdict).count();
    }

    /** As a table, and how many targets are met. */
    public void print(PrintWriter out) {
        out.println();
        out.println(Table.heading());
        figures.forEach(figure -> out.println(Table.line(figure, targets)));
        unmeasured.forEach(key -> out.println(key + " has a target and was not measured"));
        out.println();
        out.println(machine.text() + ", size " + size.name());
        out.println("targets: " + count(Verdict.MET) + " met, " + (count(Verdict.MISSED) + unmeasured.size())
                + " missed, " + count(Verdict.OPEN) + " not to be measured here");
        out.flush();
    }

    /** For the README. */
    public void writeMarkdown(Path file) throws IOException {
        Files.writeString(file, machine.text() + ".\n\n" + Table.markdown(figures, targets));
    }

    /**
     * Into the pages of the repository, with a plot of each curve.
     *
     * @param all whether all benchmarks have run
     */
    public void writeDocs(Path root, boolean all) throws IOException {
        new Docs(root, this, all).write();
    }

    /** With all that is known. */
    public void writeJson(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("size", size);
        json.put("passed", isPassed());
        json.put("figures", figures.stream().map(this::json).toList());
        json.put("curves", curves);
        json.put("unmeasured", unmeasured);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
    }

    private Map<String, Object> json(Figure figure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", figure.key());
        json.put("what", figure.what());
        json.put("opponent", figure.opponent());
        json.put("unit", figure.unit());
        put(json, "value", figure.value());
        put(json, "ours", figure.ours());
        put(json, "theirs", figure.theirs());
        put(json, "limit", figure.limit());
        Figure.Missing missing = figure.missing();
        put(json, "missing", missing == null ? null : missing.text());
        put(json, "target", targets.of(figure.key()).map(Target::toString).orElse(null));
        json.put("verdict", Verdict.of(figure, targets));
        return json;
    }

    private static void put(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
