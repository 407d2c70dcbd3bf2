package io.github.camelmessagedb.benchmarks.measure;

import io.github.camelmessagedb.benchmarks.measure.Curve.Line;
import io.github.camelmessagedb.benchmarks.measure.Curve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The points of a curve as numbers: a line for each contestant, and one for each ratio. */
final class CurveTable {

    private CurveTable() {}

    static String text(Curve curve) {
        return curve.title() + " (" + curve.y().label() + ")\n"
                + rows(curve).stream().map(CurveTable::aligned).collect(Collectors.joining("\n"));
    }

    private static String aligned(List<String> row) {
        return String.format("   %-40s", row.get(0))
                + row.stream().skip(1).map(cell -> String.format("%12s", cell)).collect(Collectors.joining());
    }

    static String markdown(Curve curve) {
        List<String> lines = rows(curve).stream()
                .map(row -> "| " + String.join(" | ", row) + " |")
                .collect(Collectors.toCollection(ArrayList::new));
        lines.add(1, "| --- |" + " ---: |".repeat(curve.places().size()));
        return String.join("\n", lines) + "\n";
    }

    private static List<List<String>> rows(Curve curve) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(curve.x().label()));
        curve.places().forEach(x -> head.add(Numbers.brief(x)));
        rows.add(head);
        curve.lines().forEach(line -> rows.add(row(curve, line, line.name(), Point::y)));
        if (curve.ratios()) {
            curve.lines().stream()
                    .skip(1)
                    .forEach(line -> rows.add(row(curve, line, "ratio to " + line.name(), Point::ratio)));
        }
        return rows;
    }

    private static List<String> row(Curve curve, Line line, String name, Function<Point, Spread> value) {
        List<String> row = new ArrayList<>(List.of(name));
        curve.places()
                .forEach(x -> row.add(line.at(x)
                        .map(point -> value.apply(point).median())
                        .filter(Double::isFinite)
                        .map(Numbers::of)
                        .orElse("")));
        return row;
    }
}
