package io.github.camelmessagedb.component;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.util.TimeUtils;

/**
 * Makes sure that what is given for a number is one. Camel takes any text for a duration where a number is wanted, and a
 * text that is none for 0: a mistyped member of a consumer group would be member 0. Of a number that is too large it takes
 * the last 32 bits. What is no duration where one is wanted it tells by an index that is out of range.
 */
final class NumericOptions {

    private static final Set<String> INTEGERS = Set.of(
            "consumergroupmember",
            "consumergroupsize",
            "batchsize",
            "positionupdateinterval",
            "concurrentconsumers",
            "maxinflight");

    private static final Set<String> LONGS = Set.of("expectedversion", "position");

    private static final Set<String> DURATIONS =
            Set.of("pollinterval", "positionupdatetimeout", "retrydelay", "maxretrydelay");

    private NumericOptions() {}

    /** @throws IllegalArgumentException if one is not a number, nor the name of a bean */
    static void require(Map<String, Object> parameters) {
        parameters.forEach((name, value) -> {
            if (value instanceof String text && !text.startsWith("#") && !isValid(name, text)) {
                throw new IllegalArgumentException("Bad " + name + " '" + text + "': it must be "
                        + (DURATIONS.contains(option(name))
                                ? "a duration, such as 500 (milliseconds), 5s or 1m"
                                : "a whole number"));
            }
        });
    }

    private static String option(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isDuration(String text) {
        try {
            return (text.toUpperCase(Locale.ROOT).matches("-?P.*")
                            ? Duration.parse(text)
                            : Duration.ofMillis(TimeUtils.toMilliSeconds(text)))
                    != null;
        } catch (DateTimeParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static boolean isValid(String name, String text) {
        String option = option(name);
        if (DURATIONS.contains(option)) {
            return isDuration(text);
        }
        if (!INTEGERS.contains(option) && !LONGS.contains(option)) {
            return true;
        }
        try {
            long number = Long.parseLong(text);
            return text.matches("-?\\d+") && (LONGS.contains(option) || number == (int) number);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
