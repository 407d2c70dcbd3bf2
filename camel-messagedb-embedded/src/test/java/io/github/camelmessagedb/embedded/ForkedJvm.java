package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with this class path. */
final class ForkedJvm implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;

    private ForkedJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static ForkedJvm run(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ForkedJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Reads up to a line with that text. */
    String awaitLine(String text) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("Ended without: " + text);
    }

    String remainingOutput() throws IOException {
        StringBuilder rest = new StringBuilder();
        output.lines().forEach(line -> rest.append(line).append('\n'));
        return rest.toString();
    }

    /** SIGTERM; through the handle, for Process would close its output. */
    void terminate() {
        process.toHandle().destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
