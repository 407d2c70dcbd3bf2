package io.github.camelmessagedb.testing;

import io.github.camelmessagedb.schema.MessageDbSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** Whose Message DB a {@link TestDatabase} has. */
public enum TestSchema {
    /** That of this project. */
    OURS,
    /**
     * That of the Eventide Project, of which npm has the scripts. Where they are missing a test is skipped, unless the
     * system property {@code messagedb.original} is {@code required}.
     */
    ORIGINAL;

    /** The order of the original's own install.sh, with the type where its install-functions.sh has it. */
    private static final List<String> ORDER = List.of(
            "roles/", "schema/", "extensions/", "tables/", "types/", "functions/", "indexes/", "views/", "privileges/");

    private static final OriginalPackage PACKAGE =
            new OriginalPackage(Path.of(System.getProperty("messagedb.original.directory", "target/message-db")));

    /** What the system property {@code messagedb.test.schema} says for all tests that do not choose: ours by default. */
    public static TestSchema selected() {
        return valueOf(System.getProperty("messagedb.test.schema", "ours").toUpperCase(Locale.ROOT));
    }

    /** Why the tests that need the original are skipped, or empty if they run. */
    public static Optional<String> whyOriginalIsSkipped() {
        return PACKAGE.isThere() || "required".equals(System.getProperty("messagedb.original"))
                ? Optional.empty()
                : Optional.of("The original Message DB is not there: " + PACKAGE.whyMissing());
    }

    /** The original's scripts of a folder, such as {@code functions}, by their path. */
    public static Map<String, String> originalScripts(String folder) {
        Optional<String> reason = whyOriginalIsSkipped();
        Assumptions.assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
        if (!PACKAGE.isThere()) {
            throw new IllegalStateException(
                    "The original Message DB is required (messagedb.original) but not there: " + PACKAGE.whyMissing());
        }
        return PACKAGE.scripts().entrySet().stream()
                .filter(script -> script.getKey().startsWith(folder))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void install(TestServer server, String database) {
        if (this == OURS) {
            MessageDbSchema.on(server.dataSource(database, server.superuser())).install();
        } else {
            installOriginal(server, database);
        }
    }

    private static void installOriginal(TestServer server, String database) {
        Map<String, String> scripts = originalScripts("");
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
