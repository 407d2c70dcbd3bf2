package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Together;
import io.github.camelmessagedb.testing.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are missing, for a while or for ever, and messages become visible behind later ones. */
@Timeout(120)
class GapFaultIT {

    private static final int WRITERS = 20;
    private static final int TRANSACTIONS = 40;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    /** Most of what they write they take back, also past the locks of Message DB. */
    @ParameterizedTest
    @EnumSource
    void many_writers_that_roll_back(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            Together.call(WRITERS, number -> {
                Random random = new Random(number);
                try (Writer writer = new Writer(database.dataSource())) {
                    for (int i = 0; i < TRANSACTIONS; i++) {
                        writer.write("account-" + number, "\"taken back\"");
                        if (random.nextBoolean()) {
                            writer.insert("gap-" + number, "\"taken back\"");
                        }
                        writer.rollBack();
                    }
                }
                return null;
            });
            scenario.awaitMore(20);
            scenario.end();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_foreign_advisory_lock_holds_up_nobody(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            try (Writer foreign = new Writer(database.dataSource())) {
                foreign.execute("SELECT pg_advisory_lock(4711)").commit();
                scenario.awaitMore(200);
            }
            scenario.end();
        }
    }

    /** What comes later waits for it as long as it is open, whoever has forgotten it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_prepared_transaction(boolean committed) throws Exception {
        try (EmbeddedMessageDb server = EmbeddedMessageDb.builder()
                        .serverSetting("max_prepared_transactions", "2")
                        .start();
                Scenario scenario = Scenario.start(Target.of(server), Shape.EVERYTHING);
                Writer writer = new Writer(server.ownerDataSource())) {
            NewMessage message = NewMessage.of("slow-1", "Written", "1");
            scenario.oracle().attempts(message);
            writer.write(message).prepare("slow");

            await().until(() ->
                    scenario.oracle().acknowledged() - scenario.oracle().handled() > Writers.FARTHEST_AHEAD);
            assertThat(scenario.program().isWell()).isTrue();
            assertThat(scenario.oracle().isDone(message.id())).isFalse();

            end(server, committed ? "COMMIT" : "ROLLBACK");
            scenario.awaitMore(Writers.FARTHEST_AHEAD);
            assertThat(scenario.oracle().isDone(message.id())).isEqualTo(committed);
            scenario.end();
        }
    }

    /** Which no transaction can do. */
    private static void end(EmbeddedMessageDb server, String how) throws SQLException {
        try (Connection connection = server.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(how + " PREPARED 'slow'");
        }
    }
}
