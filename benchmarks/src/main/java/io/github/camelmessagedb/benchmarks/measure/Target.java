package io.github.camelmessagedb.benchmarks.measure;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a figure has to be: {@code >= 0.85} or {@code <= 1}. */
public record Target(boolean atLeast, double limit) {

    private static final Pattern TEXT = Pattern.compile("(>=|<=)\\s*(\\d+(?:\\.\\d+)?)");

    /**
     * What the file says.
     *
     * @throws IllegalArgumentException if it is no target
     */
    public static Target parse(String key, String text) {
        Matcher target = TEXT.matcher(text.strip());
        if (!target.matches()) {
            throw new IllegalArgumentException(
                    "Bad target '" + text + "' for " + key + ": it must be like >= 0.85 or <= 1");
        }
        return new Target(target.group(1).equals(">="), Double.parseDouble(target.group(2)));
    }

    boolean isMetBy(double value) {
        return atLeast ? value >= limit : value <= limit;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s", atLeast ? ">=" : "<=", Numbers.of(limit));
    }
}
