package io.github.camelmessagedb.component;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The names that options of endpoints have, for those who misspell them. */
final class OptionNames {

    /** Of the path, not of the options. */
    private static final String NAME = "name";

    private final Set<String> known = new MessageDbEndpointUriFactory().propertyNames();

    /** What is wrong with names that are none of them, and what may have been meant. */
    String unknown(Collection<String> names) {
        return names.stream().sorted().map(this::unknown).collect(Collectors.joining(" "));
    }

    private String unknown(String name) {
        return "Unknown option " + name
                + nearest(name).map(it -> ": did you mean " + it + "?").orElse(": messagedb has none like it.");
    }

    /** None where more than two letters in five are others. */
    private Optional<String> nearest(String name) {
        return known.stream()
                .filter(it -> !it.equals(NAME))
                .filter(it -> distance(it, name) * 5 <= Math.max(it.length(), name.length()) * 2)
                .min(Comparator.comparingInt(it -> distance(it, name)));
    }

    /** How many letters are to be put in, taken out or changed to make one of the other (Levenshtein). */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT).replace("-", "");
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
