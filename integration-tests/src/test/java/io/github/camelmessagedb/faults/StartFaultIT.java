package io.github.camelmessagedb.faults;

import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program starts while its database is away. */
@Timeout(120)
class StartFaultIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @ParameterizedTest
    @EnumSource
    void with_the_database_down(Shape shape) throws Exception {
        try (Scenario scenario = new Scenario(Target.of(database), shape.routes())) {
            scenario.proxy().refuseConnections();
            scenario.startWriters();
            scenario.startProgram(0);
            await().until(() -> !scenario.program().isWell());
            scenario.proxy().acceptConnections();
            scenario.awaitMore(50);
            scenario.end();
        }
    }
}
