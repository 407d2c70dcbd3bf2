package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the programs of an installation. */
final class PostgresPrograms {

    private final Installation installation;
    private final Platform platform;

    PostgresPrograms(Installation installation, Platform platform) {
        this.installation = installation;
        this.platform = platform;
    }

    /**
     * @param output what it printed, both streams
     */
    record Ended(int exitCode, String output) {}

    /** Waits for the end of the program. */
    Ended run(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(RootPrivileges.dropped(platform));
        command.add(installation
                .program(platform.isWindows() ? program + ".exe" : program)
                .toString());
        command.addAll(arguments);
        try {
            return explained(run(command));
        } catch (IOException e) {
            throw new EmbeddedMessageDbException(
                    "Cannot run " + command + ": " + e.getMessage() + RootPrivileges.hint(platform), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedMessageDbException("Interrupted while running " + program, e);
        }
    }

    private Ended explained(Ended ended) {
        return ended.exitCode() != 0 && ended.output().startsWith("unshare:")
                ? new Ended(ended.exitCode(), ended.output() + RootPrivileges.hint(platform))
                : ended;
    }

    /** The output goes through a file: a server that pg_ctl started must not hold the end of a pipe of ours. */
    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("camel-messagedb-", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            return new Ended(process.waitFor(), Files.readString(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
