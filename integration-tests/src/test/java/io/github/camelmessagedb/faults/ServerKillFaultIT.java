package io.github.camelmessagedb.faults;

import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The postmaster is killed (SIGKILL); its sessions are left to find out. The next one finds what was committed. */
@Timeout(300)
class ServerKillFaultIT {

    @Test
    void a_killed_server_costs_nothing() throws Exception {
        kill(Shape.IN_PARALLEL, 2);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void a_server_that_is_killed_time_and_again_costs_nothing(Shape shape) throws Exception {
        kill(shape, 10);
    }

    private static void kill(Shape shape, int times) throws Exception {
        try (EmbeddedMessageDb server =
                        EmbeddedMessageDb.builder().durable(true).start();
                Scenario scenario = Scenario.start(Target.of(server), shape)) {
            for (int i = 0; i < times; i++) {
                ProcessHandle.of(server.serverPid()).ifPresent(ProcessHandle::destroyForcibly);
                startAgain(server);
                scenario.awaitMore(100);
            }
            scenario.end();
        }
    }

    /** It takes a moment to be gone, and its sessions to notice, as long as which no other can be started. */
    static void startAgain(EmbeddedMessageDb server) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> {
                    server.startServer();
                    server.ownerDataSource().getConnection().close();
                    return true;
                });
    }
}
