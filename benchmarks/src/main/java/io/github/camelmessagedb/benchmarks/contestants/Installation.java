package io.github.camelmessagedb.benchmarks.contestants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which PostgreSQL serves. */
public final class Installation {

    /** The one that the embedded Message DB brings with it, which is compiled for small size. */
    private static final String BUNDLED = "bundled";

    /** Where packages put it, a directory a major version: Debian's and Ubuntu's, and those of PostgreSQL's own yum. */
    private static final List<String> PACKAGED = List.of("/usr/lib/postgresql", "/usr");

    private Installation() {}

    /**
     * The directory that has {@code bin/postgres} in it; empty for the bundled one.
     *
     * @param wanted null: what is there
     */
    public static Optional<Path> home(@Nullable String wanted) {
        if (wanted != null) {
            return wanted.equals(BUNDLED) ? Optional.empty() : Optional.of(Path.of(wanted));
        }
        return PACKAGED.stream()
                .flatMap(directory -> children(Path.of(directory)))
                .filter(home -> home.getFileName().toString().matches("(pgsql-)?[0-9]+"))
                .filter(home -> Files.isExecutable(home.resolve("bin/postgres")))
                .max(Comparator.comparing(Installation::major));
    }

    private static Stream<Path> children(Path directory) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static int major(Path home) {
        return Integer.parseInt(home.getFileName().toString().replaceAll("\\D", ""));
    }
}
