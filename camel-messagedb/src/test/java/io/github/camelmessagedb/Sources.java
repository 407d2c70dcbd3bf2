package io.github.camelmessagedb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The string literals of the main sources. */
final class Sources {

    private static final Path ROOT = Path.of("src/main/java/io/github/camelmessagedb");

    /** A text block or a string; or a comment or a character, so that what looks like a string in them is none. */
    private static final Pattern LITERAL = Pattern.compile(
            "\"\"\"(?<block>.*?)(?<!\\\\)\"\"\"|\"(?<string>(?:\\\\.|[^\"\\\\\\n])*)\"|//[^\\n]*|/\\*.*?\\*/|'(?:\\\\.|[^'\\\\])+'",
            Pattern.DOTALL);

    private Sources() {}

    /** File and text of each literal that matches as a whole, but for those of some files. */
    static List<String> literals(Pattern pattern, List<String> exceptFiles) {
        try (Stream<Path> paths = Files.walk(ROOT)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !exceptFiles.contains(name(path)))
                    .flatMap(path -> literals(path)
                            .filter(literal -> pattern.matcher(literal).matches())
                            .map(literal -> name(path) + ": " + literal))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> literals(Path path) {
        try {
            Matcher matcher = LITERAL.matcher(Files.readString(path));
            return matcher.results()
                    .map(result -> result.group(1) == null ? result.group(2) : result.group(1))
                    .filter(literal -> literal != null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path path) {
        return ROOT.relativize(path).toString().replace('\\', '/');
    }
}
