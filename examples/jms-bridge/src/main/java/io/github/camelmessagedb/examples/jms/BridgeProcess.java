package io.github.camelmessagedb.examples.jms;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The bridge in a JVM of its own, so that it can be killed. What it logs is in {@code target/bridge.log}. */
final class BridgeProcess implements AutoCloseable {

    private final Process process;

    private BridgeProcess(Process process) {
        this.process = process;
    }

    static BridgeProcess start(String jdbcUrl, String broker) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                System.getProperty("java.class.path"),
                Bridge.class.getName(),
                jdbcUrl,
                broker);
        Path log = Path.of("target", "bridge.log").toAbsolutePath();
        log.getParent().toFile().mkdirs();
        Process process = java.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // Who ends the example ends the bridge, too.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new BridgeProcess(process);
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
            throw new IllegalStateException("The bridge does not end: see target/bridge.log");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
