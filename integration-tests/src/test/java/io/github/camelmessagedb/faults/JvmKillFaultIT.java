package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.Oracle;
import io.github.camelmessagedb.testing.PositionWatch;
import io.github.camelmessagedb.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that consume are killed at any moment (SIGKILL), started again, and stopped at last (SIGTERM). */
@Timeout(600)
class JvmKillFaultIT {

    private static final int MOST_BEFORE_A_KILL = 300;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @TempDir
    private Path directory;

    private final Oracle oracle = new Oracle();
    private final Random random = new Random();
    private final Map<Shape.Route, Consuming> programs = new LinkedHashMap<>();

    @ParameterizedTest
    @EnumSource
    void a_killed_consumer_misses_nothing_and_repeats_little(Shape shape) throws Exception {
        kill(shape, 2);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void a_consumer_that_is_killed_time_and_again_misses_nothing_and_repeats_little(Shape shape) throws Exception {
        kill(shape, 30);
    }

    private void kill(Shape shape, int kills) throws Exception {
        for (Shape.Route route : shape.routes()) {
            Path ledger = directory.resolve("ledger" + programs.size());
            programs.put(route, new Consuming(Urls.of(database), List.of(route.uri()), Shape.Route.REPEATS, ledger));
        }
        Writers writers = new Writers(database.store(), oracle);
        writers.start(random.nextLong());
        start();
        for (int i = 0; i < kills; i++) {
            kill(shape.routes().get(random.nextInt(shape.routes().size())));
        }
        writers.stop();
        goOnToTheEnd();
        start();
        writers.writeOneForEachStream(database.store());
        goOnToTheEnd();
    }

    /** While others go on. */
    private void kill(Shape.Route route) throws Exception {
        Consuming victim = Objects.requireNonNull(programs.get(route));
        int enough = random.nextInt(MOST_BEFORE_A_KILL);
        patiently().untilAsserted(() -> {
            tell();
            assertThat(victim.handledInThisLife()).as(victim::said).isGreaterThanOrEqualTo(enough);
        });
        victim.kill();
        victim.tell(oracle);
        PositionWatch.checkNow(oracle, database.ownerDataSource(), route.readership());
        victim.start();
    }

    /** Ends with a clean stop, after which nothing comes again. */
    private void goOnToTheEnd() throws Exception {
        patiently().until(() -> {
            tell();
            return oracle.hasHandledAllAcknowledged();
        });
        for (Consuming program : programs.values()) {
            program.stop();
            program.tell(oracle);
        }
        oracle.checkStored(database.ownerDataSource());
        oracle.checkHandled(database.ownerDataSource(), stream -> true);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(2));
    }

    private void tell() {
        programs.values().forEach(program -> program.tell(oracle));
    }

    private void start() throws Exception {
        for (Consuming program : programs.values()) {
            program.start();
        }
    }

    @AfterEach
    void endPrograms() {
        programs.values().forEach(Consuming::close);
    }
}
