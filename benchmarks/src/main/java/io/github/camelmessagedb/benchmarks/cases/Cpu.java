package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.Server;
import java.time.Duration;

/** What this program and the server have used of a processor, at a time. */
record Cpu(Duration client, Duration server, long nanos) {

    static Cpu now(Server server) {
        return new Cpu(
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                server.cpuTime(),
                System.nanoTime());
    }

    double clientPercentSince(Cpu before) {
        return percent(client.minus(before.client), before);
    }

    double serverPercentSince(Cpu before) {
        return percent(server.minus(before.server), before);
    }

    private double percent(Duration used, Cpu before) {
        return 100.0 * used.toNanos() / (nanos - before.nanos);
    }
}
