package io.github.camelmessagedb.faults;

import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Writer;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Server processes are killed, each time in the middle of something else. */
@Timeout(120)
class SessionFaultIT {

    private static final int TIMES = 5;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private void kill(String which) {
        database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND usename = 'message_store' AND " + which);
    }

    /** Holds a lock until a session of the consumer or of a writer waits for it, and kills that one. */
    private void killWhoWaitsFor(String lock) throws Exception {
        try (Writer holder = new Writer(database.ownerDataSource())) {
            holder.execute("SET LOCAL search_path = message_store").execute(lock);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> database.number("SELECT count(*) FROM pg_stat_activity WHERE"
                                    + " datname = current_database() AND usename = 'message_store'"
                                    + " AND wait_event_type = 'Lock'")
                            > 0);
            kill("wait_event_type = 'Lock'");
        }
    }

    private interface Killing {
        void kill() throws Exception;
    }

    private void again(Shape shape, Killing killing) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            for (int i = 0; i < TIMES; i++) {
                killing.kill();
                scenario.awaitMore(20);
            }
            scenario.end();
        }
    }

    @ParameterizedTest
    @EnumSource
    void killed_while_idle(Shape shape) throws Exception {
        again(shape, () -> kill("state = 'idle'"));
    }

    @ParameterizedTest
    @EnumSource
    void killed_while_reading(Shape shape) throws Exception {
        again(shape, () -> killWhoWaitsFor("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE"));
    }

    @ParameterizedTest
    @EnumSource
    void killed_while_writing(Shape shape) throws Exception {
        again(shape, () -> killWhoWaitsFor("SELECT acquire_lock('account-1')"));
    }

    @ParameterizedTest
    @EnumSource
    void killed_while_storing_the_position(Shape shape) throws Exception {
        String positions = shape == Shape.EVERYTHING ? "all:position-x" : "account:position-x";
        again(shape, () -> killWhoWaitsFor("SELECT acquire_lock('" + positions + "')"));
    }
}
