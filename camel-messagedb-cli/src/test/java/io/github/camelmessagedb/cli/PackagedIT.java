package io.github.camelmessagedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar as it is shipped, in a process of its own. */
class PackagedIT {

    private static final Path PROGRAM = Path.of(System.getProperty("messagedb.program"));

    @Test
    void the_jar_runs_by_itself_and_prints_utf_8_in_a_locale_without_characters() throws Exception {
        try (EmbeddedMessageDb server = EmbeddedMessageDb.start()) {
            run(server, "write", "account-1", "--type", "Opened");

            assertThat(run(server, "report", "type-summary")).contains(" Opened |             1 |  100.00");
            assertThat(run(server, "messages", "--json")).contains("\"streamName\":\"account-1\"");
            assertThat(run(server, "--version")).startsWith("messagedb 0.");
            server.ownerDataSource()
                    .getConnection()
                    .createStatement()
                    .execute("UPDATE message_store.messages SET type = 'Größe'");
            assertThat(run(server, "report", "type-summary")).contains("Größe");
        }
    }

    @Test
    void the_jar_has_the_licenses_of_all_that_is_in_it_and_nothing_of_camel() throws IOException {
        try (JarFile jar = new JarFile(PROGRAM.toFile())) {
            String licenses = new String(
                    jar.getInputStream(jar.getEntry("META-INF/LICENSE")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(licenses).contains("Apache License").contains("PostgreSQL Global Development Group");
            assertThat(new String(
                            jar.getInputStream(jar.getEntry("META-INF/NOTICE")).readAllBytes(), StandardCharsets.UTF_8))
                    .contains("camel-messagedb")
                    .contains("Jackson");
            assertThat(jar.getEntry("META-INF/services/java.sql.Driver")).isNotNull();
            assertThat(jar.stream().map(Object::toString)).noneMatch(name -> name.contains("apache/camel"));
        }
    }

    private static String run(EmbeddedMessageDb server, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElseThrow(), "-jar", PROGRAM.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "PGHOST",
                        "localhost",
                        "PGPORT",
                        String.valueOf(server.port()),
                        "PGUSER",
                        "message_store",
                        "LC_ALL",
                        "C"));
        builder.environment().remove("PGDATABASE");
        Process process = builder.start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return out;
        } finally {
            process.destroyForcibly();
        }
    }
}
