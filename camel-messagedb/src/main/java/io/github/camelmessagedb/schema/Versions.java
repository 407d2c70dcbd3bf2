package io.github.camelmessagedb.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of Message DB's objects. */
final class Versions {

    /** The function that tells. */
    static final String FUNCTION = "message_store_version";

    /** Before it the table was in another schema. */
    static final String OLDEST = "1.0.0";

    /** In the text of the function, which everybody can read, where calling it needs privileges. */
    private static final Pattern ANSWER = Pattern.compile("'(\\d+(?:\\.\\d+)*)'");

    private Versions() {}

    /** What the function answers, if that can be told. */
    static Optional<String> of(List<Item> inventory) {
        return Comparison.functions(inventory, FUNCTION).findFirst().flatMap(Versions::of);
    }

    static Optional<String> of(Item function) {
        Matcher answer = ANSWER.matcher(String.valueOf(function.text()));
        return answer.find() ? Optional.of(answer.group(1)) : Optional.empty();
    }

    static boolean isOlder(String version, String other) {
        return Arrays.compare(numbers(version), numbers(other)) < 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
