package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.embedded.StopMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The server goes away and comes back. */
@Timeout(300)
class ServerFaultIT {

    private static final int TIMES = 2;

    private static void restart(Shape shape, StopMode mode) throws Exception {
        try (EmbeddedMessageDb server =
                        EmbeddedMessageDb.builder().durable(true).start();
                Scenario scenario = Scenario.start(Target.of(server), shape)) {
            for (int i = 0; i < TIMES; i++) {
                server.stopServer(mode);
                server.startServer();
                scenario.awaitMore(50);
            }
            scenario.end();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void stopped_as_in_a_crash(Shape shape) throws Exception {
        restart(shape, StopMode.IMMEDIATE);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void restarted(Shape shape) throws Exception {
        restart(shape, StopMode.FAST);
    }
}
