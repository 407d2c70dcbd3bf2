package io.github.camelmessagedb.faults;

import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Pools that have less, or are set otherwise, than one would like. */
@Timeout(120)
class PoolFaultIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void of_one(Shape shape) throws Exception {
        Target target = Target.of(database).withPool(config -> config.setMaximumPoolSize(1));
        try (Scenario scenario = Scenario.start(target, shape)) {
            scenario.awaitMore(100);
            scenario.end();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void without_autocommit(Shape shape) throws Exception {
        Target target = Target.of(database).withPool(config -> config.setAutoCommit(false));
        try (Scenario scenario = Scenario.start(target, shape)) {
            scenario.awaitMore(100);
            scenario.end();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void exhausted(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            List<Connection> taken = new ArrayList<>();
            try {
                await().until(() -> takeAll(scenario, taken));
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> !scenario.program().isWell());
            } finally {
                for (Connection connection : taken) {
                    connection.close();
                }
            }
            scenario.end();
        }
    }

    private static boolean takeAll(Scenario scenario, List<Connection> taken) {
        try {
            while (taken.size() < scenario.pool().getMaximumPoolSize()) {
                taken.add(scenario.pool().getConnection());
            }
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
