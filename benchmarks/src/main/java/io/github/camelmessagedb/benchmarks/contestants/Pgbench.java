package io.github.camelmessagedb.benchmarks.contestants;

import io.github.camelmessagedb.benchmarks.measure.Figure.Missing;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's own load generator, which calls write_message, a transaction each. */
public final class Pgbench {

    private static final String RATE = "tps = ";

    private static final String SCRIPT = """
            \\set stream random(1, 1000)
            \\set category random(1, %d)
            SELECT message_store.write_message(gen_random_uuid()::varchar, '%s' || :category || '-' || :stream, '%s', \
            '%s'::jsonb, '%s'::jsonb);
            """;

    private final Server server;

    public Pgbench(Server server) {
        this.server = server;
    }

    /** Why it cannot be run here. */
    public Optional<Missing> missing() throws InterruptedException {
        try {
            Program.run(server.environment(Commit.OFF), List.of("pgbench", "--version"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Missing.skipped("there is no pgbench on the path"));
        }
    }

    /** Writes for a time, rounded to seconds. */
    public Sample write(int clients, String prefix, int categories, Commit commit, int millis)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("benchmark", ".sql");
        try {
            Files.writeString(
                    script,
                    SCRIPT.formatted(categories, prefix, Payload.TYPE, Payload.DATA, Payload.METADATA)
                            .replace("\\\n", ""));
            Program.Output output = Program.run(server.environment(commit), command(script, clients, millis));
            return Sample.rate(output.after(RATE)
                    .map(rate -> Double.parseDouble(rate.split(" ", 2)[0]))
                    .orElseThrow(() -> new IllegalStateException("pgbench failed: " + output.last())));
        } finally {
            Files.delete(script);
        }
    }

    private static List<String> command(Path script, int clients, int millis) {
        String seconds = String.valueOf(Math.max(1, Math.round(millis / 1000.0)));
        String number = String.valueOf(clients);
        return List.of(
                "pgbench", "-n", "-M", "prepared", "-c", number, "-j", "2", "-T", seconds, "-f", script.toString());
    }
}
