package io.github.camelmessagedb.testing;

import io.github.camelmessagedb.schema.MessageDbSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Whose Message DB a {@link TestDatabase} has. */
public enum TestSchema {
    /** That of this project. */
    OURS(null),
    /**
     * That of the Eventide Project, of which npm has the scripts. Where they are missing a test is skipped, unless the
     * system property {@code messagedb.original} is {@code required}.
     */
    ORIGINAL(OriginalPackage.CURRENT),
    /** The original's older versions. */
    ORIGINAL_1_2_6("1.2.6"),
    ORIGINAL_1_2_3("1.2.3"),
    ORIGINAL_1_1_6("1.1.6"),
    /** No Message DB at all. */
    NONE(null);

    /** The order of the original's own install.sh, with the type where its install-functions.sh has it. */
    private static final List<String> ORDER = List.of(
            "roles/", "schema/", "extensions/", "tables/", "types/", "functions/", "indexes/", "views/", "privileges/");

    /** The npm package's. */
    private final @Nullable String version;

    TestSchema(@Nullable String version) {
        this.version = version;
    }

    /** What the system property {@code messagedb.test.schema} says for all tests that do not choose: ours by default. */
    public static TestSchema selected() {
        return valueOf(System.getProperty("messagedb.test.schema", "ours").toUpperCase(Locale.ROOT));
    }

    /** Why the tests that need the original are skipped, or empty if they run. */
    public static Optional<String> whyOriginalIsSkipped() {
        return ORIGINAL.whySkipped(ORIGINAL.original());
    }

    /** The original's scripts of a folder, such as {@code functions}, by their path. */
    public static Map<String, String> originalScripts(String folder) {
        return ORIGINAL.scripts(folder);
    }

    private OriginalPackage original() {
        Path directory = Path.of(System.getProperty("messagedb.original.directory", "target/message-db"));
        return new OriginalPackage(directory, Objects.requireNonNull(version));
    }

    private Optional<String> whySkipped(OriginalPackage there) {
        return there.isThere() || "required".equals(System.getProperty("messagedb.original"))
                ? Optional.empty()
                : Optional.of("The original Message DB is not there: " + there.whyMissing());
    }

    private Map<String, String> scripts(String folder) {
        OriginalPackage there = original();
        Optional<String> reason = whySkipped(there);
        Assumptions.assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
        if (!there.isThere()) {
            throw new IllegalStateException(
                    "The original Message DB is required (messagedb.original) but not there: " + there.whyMissing());
        }
        return there.scripts().entrySet().stream()
                .filter(script -> script.getKey().startsWith(folder))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void install(TestServer server, String database) {
        if (this == OURS) {
            MessageDbSchema.on(server.dataSource(database, server.superuser())).install();
        } else if (this != NONE) {
            installOriginal(server, database);
        }
    }

    private void installOriginal(TestServer server, String database) {
        Map<String, String> scripts = scripts("");
        try (Connection connection =
                        server.dataSource(database, server.superuser()).getConnection();
                Statement statement = connection.createStatement()) {
            for (String folder : ORDER) {
                for (String path : scripts.keySet().stream().sorted().toList()) {
                    if (path.startsWith(folder)) {
                        statement.execute(scripts.get(path));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The original Message DB cannot be installed", e);
        }
    }
}
