package io.github.camelmessagedb.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page for those who come from message-db-py, and the snippets that it has from the sources. */
final class MessageDbPyPage {

    static final Path FILE = Path.of("../docs/from-message-db-py.md");

    private static final Path SOURCE =
            Path.of("src/test/java/io/github/camelmessagedb/component/MessageDbPyRoutes.java");

    private static final Pattern SNIPPET =
            Pattern.compile("(?ms)^ *// snippet: (?<name>\\S+)\\n(?<text>.*?)^ *// end$");

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^<!-- snippet: (?<name>\\S+) -->\\n```java\\n(?<text>.*?)^```$");

    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(?<text>.*?)^```$");

    private MessageDbPyPage() {}

    static String text() throws IOException {
        return Files.readString(FILE);
    }

    /** By their names, in order, without the indentation that all of their lines have. */
    static Map<String, String> snippets() throws IOException {
        Map<String, String> snippets = new LinkedHashMap<>();
        SNIPPET.matcher(Files.readString(SOURCE))
                .results()
                .forEach(snippet -> snippets.put(
                        snippet.group(1), snippet.group(2).stripIndent().stripTrailing() + "\n"));
        return snippets;
    }

    /** The page with the snippets of the sources. */
    static String renewed(String page, Map<String, String> snippets) {
        return BLOCK.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement("<!-- snippet: " + block.group(1) + " -->\n```java\n"
                        + snippets.getOrDefault(block.group(1), "there is no such snippet\n") + "```"));
    }

    /** The names of the snippets that the page has. */
    static List<String> names(String page) {
        return BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
    }

    static List<String> yaml(String page) {
        return YAML.matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
