package io.github.camelmessagedb.faults;

import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.Cut;
import io.github.camelmessagedb.testing.TestDatabase;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections break at any message of the protocol, or stay there without an answer. */
@Timeout(300)
class ConnectionFaultIT {

    private static final int CUTS = Integer.getInteger("messagedb.faults.cuts", 30);

    private static final Duration OUTAGE =
            Duration.ofSeconds(Integer.getInteger("messagedb.faults.outage.seconds", 60));

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    /** Before a commit arrives, after it and before the answer, within either, and anywhere else. */
    @ParameterizedTest
    @EnumSource
    void cut_at_any_message(Shape shape) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            for (int i = 0; i < CUTS; i++) {
                scenario.proxy()
                        .set(new Cut(
                                oneOf(random, Cut.Sender.values()),
                                1 + random.nextInt(60),
                                oneOf(random, Cut.When.values())));
                await("seed " + seed).until(() -> !scenario.proxy().isCutPending());
            }
            scenario.end();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static <T> T oneOf(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void half_open(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            scenario.proxy().stopForwarding();
            // Who has given up on the answer asks for another connection.
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> scenario.pool().getHikariPoolMXBean().getThreadsAwaitingConnection() > 0);
            scenario.proxy().cutAll();
            scenario.proxy().forward();
            scenario.end();
        }
    }

    /** For longer than it may take to go on when all is well again: waits do not grow without an end. */
    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void nobody_there(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            scenario.proxy().refuseConnections();
            await().during(OUTAGE).atMost(OUTAGE.plusSeconds(20)).until(() -> {
                // One may have been on its way in.
                scenario.proxy().cutAll();
                return scenario.proxy().connections() == 0;
            });
            scenario.proxy().acceptConnections();
            scenario.end();
        }
    }
}
