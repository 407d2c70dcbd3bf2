package io.github.camelmessagedb.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures as lines of a table, for a terminal and in Markdown. */
final class Table {

    private static final String LINE = "%-44s %12s %-20s %-14s %s";

    private Table() {}

    static String heading() {
        return String.format(LINE, "figure", "median", "lowest..highest", "target", "")
                .stripTrailing();
    }

    static String line(Figure figure, Targets targets) {
        Figure.Missing missing = figure.missing();
        Spread value = figure.value();
        if (value == null) {
            String why = missing == null ? "" : missing.text();
            return String.format("%-44s %s %s", figure.key(), why, target(figure, targets))
                    .stripTrailing();
        }
        return String.format(
                        LINE,
                        figure.key(),
                        Numbers.of(value.median()) + " " + unit(figure),
                        Numbers.of(value.lowest()) + ".." + Numbers.of(value.highest()),
                        target(figure, targets),
                        rates(figure))
                .stripTrailing();
    }

    private static String unit(Figure figure) {
        return figure.unit().startsWith("x") ? "x" : figure.unit();
    }

    private static String target(Figure figure, Targets targets) {
        String verdict = Verdict.of(figure, targets).text();
        return targets.of(figure.key()).map(target -> target + " " + verdict).orElse("");
    }

    private static String rates(Figure figure) {
        Spread ours = figure.ours();
        Spread theirs = figure.theirs();
        return ours == null || theirs == null
                ? ""
                : "(" + Numbers.of(ours.median()) + " to " + Numbers.of(theirs.median()) + limit(figure) + ")";
    }

    private static String limit(Figure figure) {
        Spread limit = figure.limit();
        return limit == null ? "" : ", at most " + Numbers.of(limit.median()) + " x";
    }

    static String markdown(List<Figure> figures, Targets targets) {
        List<String> lines = new ArrayList<>();
        lines.add("| what | against | median | lowest to highest | ours | theirs | at most | target |");
        lines.add("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
        figures.forEach(figure -> lines.add("| " + String.join(" | ", cells(figure, targets)) + " |"));
        return String.join("\n", lines) + "\n";
    }

    /** What there is to say on one line, without where it lies and what is wanted. */
    static String headlines(List<Figure> figures) {
        List<String> lines = new ArrayList<>(List.of("| what | against | |", "| --- | --- | ---: |"));
        figures.forEach(figure -> {
            List<String> cells = cells(figure, Targets.NONE);
            lines.add("| " + String.join(" | ", cells.subList(0, 3)) + " |");
        });
        return String.join("\n", lines) + "\n";
    }

    private static List<String> cells(Figure figure, Targets targets) {
        Spread value = figure.value();
        Figure.Missing missing = figure.missing();
        String median = value == null ? (missing == null ? "" : missing.text()) : number(value, figure);
        String range = value == null ? "" : Numbers.of(value.lowest()) + " to " + Numbers.of(value.highest());
        return List.of(
                figure.what()
                        + (figure.unit().startsWith("x of ")
                                ? ", " + figure.unit().substring(5)
                                : ""),
                figure.opponent(),
                median,
                range,
                side(figure.ours()),
                side(figure.theirs()),
                figure.limit() == null ? "" : side(figure.limit()) + " x",
                target(figure, targets));
    }

    private static String number(Spread value, Figure figure) {
        return Numbers.of(value.median()) + " " + unit(figure);
    }

    private static String side(@Nullable Spread side) {
        return side == null ? "" : Numbers.of(side.median());
    }
}
