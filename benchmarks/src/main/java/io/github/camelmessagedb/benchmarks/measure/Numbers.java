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
}
