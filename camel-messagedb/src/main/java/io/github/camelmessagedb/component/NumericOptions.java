package io.github.camelmessagedb.component;

import java.util.Map;
import java.util.Set;

/**
 * Makes sure that what is given for a number is one. Camel takes any text for a duration where a number is wanted, and a
 * text that is none for 0: a mistyped member of a consumer group would be member 0.
 */
final class NumericOptions {

    private static final Set<String> NAMES = Set.of(
            "consumergroupmember",
            "consumergroupsize",
            "expectedversion",
            "position",
            "batchsize",
            "positionupdateinterval");

    private NumericOptions() {}

    /** @throws IllegalArgumentException if one is not a number, nor the name of a bean */
    static void require(Map<String, Object> parameters) {
        parameters.forEach((name, value) -> {
            if (NAMES.contains(name.replace("-", "").toLowerCase(java.util.Locale.ROOT))
                    && value instanceof String text
                    && !text.matches("-?\\d{1,19}|#.*")) {
                throw new IllegalArgumentException("Bad " + name + " '" + text + "': it must be a whole number");
            }
        });
    }
}
