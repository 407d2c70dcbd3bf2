package io.github.camelmessagedb.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows under a heading, in columns as wide as they have to be.
 *
 * @param columns their names
 * @param rows the texts of each row
 * @param numbers how many columns, from the last, are numbers: they stand on the right
 */
record Table(List<String> columns, List<List<String>> rows, int numbers) {

    /** Its lines, and how many rows there are. */
    String print() {
        int[] widths = columnNumbers().map(this::width).toArray();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns, widths));
        lines.add(columnNumbers().mapToObj(i -> "-".repeat(widths[i] + 2)).collect(Collectors.joining("+")));
        rows.forEach(row -> lines.add(line(row, widths)));
        lines.add(rows.size() == 1 ? "(1 row)" : "(" + rows.size() + " rows)");
        return String.join(System.lineSeparator(), lines);
    }

    private String line(List<String> row, int[] widths) {
        return columnNumbers()
                .mapToObj(i -> " " + cell(Texts.printable(row.get(i)), i, widths[i]) + " ")
                .collect(Collectors.joining("|"))
                .stripTrailing();
    }

    private String cell(String text, int column, int width) {
        String padding = " ".repeat(width - Texts.width(text));
        return column < columns.size() - numbers ? text + padding : padding + text;
    }

    private int width(int column) {
        int widest = rows.stream()
                .mapToInt(row -> Texts.width(Texts.printable(row.get(column))))
                .max()
                .orElse(0);
        return Math.max(widest, Texts.width(columns.get(column)));
    }

    private IntStream columnNumbers() {
        return IntStream.range(0, columns.size());
    }
}
