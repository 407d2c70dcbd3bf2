package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.TestStores;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with this class path, which starts fast; its output goes to a file. */
final class ForkedJvm implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final int SIGTERM = 128 + 15;

    private final Process process;
    private final Path output;

    private ForkedJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param output is appended to */
    static ForkedJvm run(Path output, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                TestStores.systemProperty(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        File file = output.toFile();
        return new ForkedJvm(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
                        .start(),
                output);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when it has ended. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM; returns when it has ended, in order. Process itself would close its input, too, and so kill it. */
    void terminate() throws InterruptedException {
        process.toHandle().destroy();
        awaitEnd();
        assertThat(process.exitValue()).as(said()).isEqualTo(SIGTERM);
    }

    /** Waits for the end, and that it was a good one. */
    void awaitSuccess() throws InterruptedException {
        awaitEnd();
        assertThat(process.exitValue()).as(said()).isZero();
    }

    private void awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(said())
                .isTrue();
    }

    /** What it has printed, for whoever looks into a failure. */
    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "Nothing can be read of what it printed: " + e;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
