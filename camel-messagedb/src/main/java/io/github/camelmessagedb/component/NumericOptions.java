package io.github.camelmessagedb.component;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes sure that what is given for a number is one. Camel takes any text for a duration where a number is wanted, and a
 * text that is none for 0: a mistyped member of a consumer group would be member 0. Of a number that is too large it takes
 * the last 32 bits.
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

    private NumericOptions() {}

    /** @throws IllegalArgumentException if one is not a number, nor the name of a bean */
    static void require(Map<String, Object> parameters) {
        parameters.forEach((name, value) -> {
            if (value instanceof String text && !text.startsWith("#") && !isValid(name, text)) {
                throw new IllegalArgumentException("Bad " + name + " '" + text + "': it must be a whole number");
            }
        });
    }

    private static boolean isValid(String name, String text) {
        String option = name.replace("-", "").toLowerCase(Locale.ROOT);
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
