package io.github.camelmessagedb.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The pages of the repository that have figures: between {@code <!-- name, written by the benchmarks -->} and {@code <!-- end
 * -->} they are written anew, and all else is left as it is. What was not measured keeps what it had.
 */
final class Docs {

    private static final String END = "<!-- end -->";

    /** What the first page of the repository tells. */
    private static final List<String> HEADLINES = List.of(
            "consume.raw.jdbc",
            "consume.raw.camel-sql",
            "consume.parsed.message-db-py",
            "group.4.function-in-turn",
            "batch.100.on.loop",
            "batch.100.on.message-db-py",
            "batch-fast.100.on.loop",
            "batch-fast.100.off.loop",
            "callers.1.on.camel-sql",
            "callers.16.on.camel-sql",
            "latency.20.p50",
            "latency.20.p99",
            "all.missed");

    private final Path root;
    private final Report report;
    private final boolean all;

    /** @param all whether nothing was left out that there is, so that one line says for all where it was measured */
    Docs(Path root, Report report, boolean all) {
        this.root = root;
        this.report = report;
        this.all = all;
    }

    void write() throws IOException {
        Map<String, String> blocks = new LinkedHashMap<>();
        if (all && !report.figures().isEmpty()) {
            blocks.put("machine of the figures", where());
            renew(root.resolve("README.md"), Map.of("figures", headlines()));
        }
        if (all && !report.curves().isEmpty()) {
            blocks.put("machine of the curves", where());
        }
        figures().forEach((name, figures) -> blocks.put("figures of " + name, block(figures)));
        for (Curve curve : report.curves()) {
            blocks.put("curve " + curve.name(), block(curve));
            Path plots = Files.createDirectories(root.resolve("docs/plots"));
            Files.writeString(plots.resolve(curve.name() + ".svg"), Plot.svg(curve));
        }
        renew(root.resolve("docs/performance.md"), blocks);
    }

    private String where() {
        return report.machine().text() + (report.size().targetsOnly() ? "; a quick run" : "") + ".\n";
    }

    private String alone() {
        return all ? "" : "\nMeasured alone: " + where();
    }

    private Map<String, List<Figure>> figures() {
        return report.figures().stream()
                .collect(Collectors.groupingBy(
                        figure -> figure.key().split("\\.", 2)[0], LinkedHashMap::new, Collectors.toList()));
    }

    private String block(List<Figure> figures) {
        return Table.markdown(figures, report.targets()) + alone();
    }

    private String block(Curve curve) {
        return "![" + curve.title() + "](plots/" + curve.name() + ".svg)\n\n" + CurveTable.markdown(curve) + alone();
    }

    private String headlines() {
        List<Figure> told = HEADLINES.stream()
                .flatMap(key -> report.figures().stream().filter(f -> f.key().equals(key) && f.value() != null))
                .toList();
        return Table.headlines(told) + "\n" + where();
    }

    private static void renew(Path page, Map<String, String> blocks) throws IOException {
        String text = Files.exists(page) ? Files.readString(page) : "";
        for (Map.Entry<String, String> block : blocks.entrySet()) {
            text = renewed(text, block.getKey(), block.getValue());
        }
        Files.writeString(page, text);
    }

    /** A block that the page does not have comes to its end. */
    static String renewed(String page, String name, String content) {
        String begin = "<!-- " + name + ", written by the benchmarks -->";
        int from = page.indexOf(begin);
        int to = from < 0 ? -1 : page.indexOf(END, from);
        if (to < 0) {
            return page + "\n" + begin + "\n" + content + END + "\n";
        }
        return page.substring(0, from + begin.length()) + "\n" + content + page.substring(to);
    }
}
