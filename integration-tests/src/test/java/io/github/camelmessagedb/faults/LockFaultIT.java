package io.github.camelmessagedb.faults;

import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Writer;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Locks are held for longer than anybody waits. */
@Timeout(120)
class LockFaultIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private Target impatient() {
        return Target.of(database).withSources(() -> {
            PGSimpleDataSource source = database.dataSource();
            source.setOptions("-c lock_timeout=40 -c statement_timeout=200");
            return source;
        });
    }

    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void while_positions_are_stored(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(impatient(), shape)) {
            try (Writer holder = new Writer(database.ownerDataSource())) {
                holder.execute("SET LOCAL search_path = message_store")
                        .execute("SELECT acquire_lock('account:position'), acquire_lock('all:position')");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> !scenario.program().isWell());
            }
            scenario.end();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void while_messages_are_read(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(impatient(), shape)) {
            try (Writer holder = new Writer(database.ownerDataSource())) {
                holder.execute("LOCK TABLE message_store.messages IN ACCESS EXCLUSIVE MODE");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> !scenario.program().isWell());
            }
            scenario.end();
        }
    }
}
