package io.github.camelmessagedb.conformance;

import io.github.camelmessagedb.schema.MessageDbSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statement that creates one of our functions or views.
 *
 * @param head up to where its body begins
 * @param body what it does
 * @param tail what ends the statement
 */
record Definition(String name, String head, String body, String tail) {

    private static final Pattern FUNCTION = Pattern.compile(
            "(CREATE OR REPLACE FUNCTION message_store\\.(\\w+)\\([^$]*AS \\$\\$\n)(.*?)(\n\\$\\$;)", Pattern.DOTALL);

    private static final Pattern VIEW =
            Pattern.compile("(CREATE OR REPLACE VIEW message_store\\.(\\w+) AS\n)([^;]*)(;)");

    private static final Pattern IDLE = Pattern.compile("\\s+(--[^\n]*)?|:(?==)");

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private static final String SIGNS = "<>=+-*/()%$,;.:|'\"";

    private static final String THEIR_NEIGHBOURS = "><>-+/*)($%;,:.&\"'";

    /** In the order of the scripts. */
    static List<Definition> ofFunctions() {
        return Stream.of("names.sql", "version.sql", "write.sql", "read.sql")
                .flatMap(script -> in(script, FUNCTION))
                .toList();
    }

    /** In the order of the script. They begin with dropping the view, whose columns could not be changed otherwise. */
    static List<Definition> ofViews() {
        return in("views.sql", VIEW)
                .map(view -> new Definition(
                        view.name, "DROP VIEW message_store." + view.name + ";\n" + view.head, view.body, view.tail))
                .toList();
    }

    String sql() {
        return head + body + tail;
    }

    /** What is done. */
    List<Mutant> mutantsOfBody() {
        return mutants(body).map(mutant -> mutant.within(head, tail)).toList();
    }

    /** Name, parameters and what else a caller sees. */
    List<Mutant> mutantsOfHead() {
        return mutants(head).map(mutant -> mutant.within("", body + tail)).toList();
    }

    /**
     * Each character once left out and once exchanged for one that is near, but for those that do nothing: spaces,
     * comments, and the colon of PL/pgSQL's {@code :=}, which is the same as {@code =}.
     */
    private static Stream<Mutant> mutants(String text) {
        BitSet idle = new BitSet();
        IDLE.matcher(text).results().forEach(found -> idle.set(found.start(), found.end()));
        return IntStream.range(0, text.length())
                .filter(index -> !idle.get(index))
                .boxed()
                .flatMap(index -> Stream.of(mutant(text, index, ""), mutant(text, index, near(text.charAt(index)))));
    }

    private static Mutant mutant(String text, int index, String replacement) {
        int start = text.lastIndexOf('\n', index - 1) + 1;
        int end = text.indexOf('\n', index);
        return new Mutant(
                text.substring(start, index).stripLeading()
                        + "[" + text.charAt(index) + "→" + replacement + "]"
                        + text.substring(index + 1, end < 0 ? text.length() : end),
                text.substring(0, index) + replacement + text.substring(index + 1));
    }

    private static String near(char c) {
        int letter = LETTERS.indexOf(Character.toLowerCase(c));
        if (letter >= 0) {
            char next = LETTERS.charAt((letter + 1) % LETTERS.length());
            return String.valueOf(Character.isUpperCase(c) ? Character.toUpperCase(next) : next);
        }
        if (Character.isDigit(c)) {
            return String.valueOf((c - '0' + 1) % 10);
        }
        int sign = SIGNS.indexOf(c);
        return sign < 0 ? "x" : String.valueOf(THEIR_NEIGHBOURS.charAt(sign));
    }

    private static Stream<Definition> in(String script, Pattern pattern) {
        try (InputStream resource = MessageDbSchema.class.getResourceAsStream(script)) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return pattern.matcher(text)
                    .results()
                    .map(found -> new Definition(found.group(2), found.group(1), found.group(3), found.group(4)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * A definition with one character changed.
     *
     * @param change its line, with what was there and what is there now
     * @param sql the statement
     */
    record Mutant(String change, String sql) {

        private Mutant within(String before, String after) {
            return new Mutant(change, before + sql + after);
        }
    }
}
