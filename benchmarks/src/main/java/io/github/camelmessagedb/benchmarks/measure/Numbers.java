package io.github.camelmessagedb.benchmarks.measure;

import java.util.Locale;

/** Numbers with as many digits as tell something. */
final class Numbers {

    private Numbers() {}

    static String of(double number) {
        if (number == Math.rint(number) && number < 1000) {
            return String.format(Locale.ROOT, "%.0f", number);
        }
        if (number >= 100) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        return String.format(Locale.ROOT, number >= 10 ? "%.1f" : "%.2f", number);
    }

    /** The same for the edge of a plot and the head of a table: 20k, 1M. */
    static String brief(double number) {
        if (Math.abs(number) >= 1_000_000) {
            return plain(number / 1_000_000) + "M";
        }
        return Math.abs(number) >= 1_000 ? plain(number / 1_000) + "k" : plain(number);
    }

    private static String plain(double number) {
        return String.format(Locale.ROOT, "%.4f", number).replaceAll("\\.?0+$", "");
    }
}
