package io.github.camelmessagedb.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a Message DB consists of, as contract.txt lists it. */
record Contract(List<Entry> entries) {

    /** Whose objects these are. */
    static final String VERSION = "1.3.0";

    /**
     * An object.
     *
     * @param kind as in {@link Item}
     * @param name as in {@link Item}
     * @param definition as in {@link Item}
     * @param texts the fingerprints of the texts that do the right thing; none where there is no text
     * @param oldTexts those of older versions
     * @param meaning what its lack means to a user
     * @param remedy a statement that mends it, where our scripts have none
     */
    record Entry(
            String kind,
            String name,
            String definition,
            Set<String> texts,
            Set<String> oldTexts,
            String meaning,
            @Nullable String remedy) {

        String baseName() {
            return Contract.baseName(name);
        }
    }

    static Contract read() {
        List<Entry> entries = new ArrayList<>();
        for (String block : SchemaSql.script("contract.txt").split("\n\n", -1)) {
            List<String> lines =
                    block.lines().filter(line -> !line.startsWith("#")).toList();
            if (!lines.isEmpty()) {
                entries.add(entry(lines));
            }
        }
        return new Contract(List.copyOf(entries));
    }

    /** Whether it has a function of that name, whatever its arguments. */
    boolean hasFunction(String baseName) {
        return entries.stream()
                .anyMatch(entry ->
                        entry.kind.equals("function") && entry.baseName().equals(baseName));
    }

    static String baseName(String name) {
        return name.contains("(") ? name.substring(0, name.indexOf('(')) : name;
    }

    private static Entry entry(List<String> lines) {
        String[] head = lines.get(0).split(" ", 2);
        return new Entry(
                head[0],
                head[1],
                Objects.requireNonNullElse(value(lines, "is"), ""),
                words(value(lines, "text")),
                words(value(lines, "old")),
                Objects.requireNonNull(value(lines, "means"), head[1]),
                value(lines, "mend"));
    }

    private static @Nullable String value(List<String> lines, String key) {
        String start = "  " + key + " ";
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse(null);
    }

    private static Set<String> words(@Nullable String line) {
        return line == null ? Set.of() : new HashSet<>(List.of(line.split(" ", -1)));
    }
}
