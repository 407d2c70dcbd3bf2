package io.github.camelmessagedb.examples.scaleout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A member in a JVM of its own. What it logs is in {@code target/member-<number>.log}. */
final class MemberProcess implements AutoCloseable {

    private final Process process;

    private MemberProcess(Process process) {
        this.process = process;
    }

    static MemberProcess start(String jdbcUrl, int member, int members) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                System.getProperty("java.class.path"),
                Member.class.getName(),
                jdbcUrl,
                String.valueOf(member),
                String.valueOf(members));
        Path log = Path.of("target", "member-" + member + ".log").toAbsolutePath();
        log.getParent().toFile().mkdirs();
        Process process = java.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // Who ends the example ends its members, too.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new MemberProcess(process);
    }

    /** SIGTERM: it finishes what it has begun. (Process itself would close its output, too.) */
    void stop() throws InterruptedException {
        process.toHandle().destroy();
        awaitEnd();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("A member does not end: see target/member-*.log");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
