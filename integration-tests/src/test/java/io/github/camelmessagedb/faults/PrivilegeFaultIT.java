package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The role may not do what it did, until it may again. On a server of the test's own, for roles are the server's. */
@Timeout(120)
class PrivilegeFaultIT {

    private static final String PASSWORD = "right";

    /** What is taken and given again, and what health says meanwhile. */
    enum Fault {
        MAY_NOT_LOG_IN("ALTER ROLE message_store NOLOGIN", "ALTER ROLE message_store LOGIN", "LOG IN"),
        ANOTHER_PASSWORD(
                "ALTER ROLE message_store PASSWORD 'another'",
                "ALTER ROLE message_store PASSWORD '" + PASSWORD + "'",
                "password"),
        MAY_NOT_EXECUTE(
                "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA message_store FROM PUBLIC, message_store",
                "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA message_store TO message_store",
                "EXECUTE"),
        MAY_NOT_READ(
                "REVOKE SELECT ON message_store.messages FROM message_store",
                "GRANT SELECT ON message_store.messages TO message_store",
                "SELECT");

        private final String taken;
        private final String given;
        private final String said;

        Fault(String taken, String given, String said) {
            this.taken = taken;
            this.given = given;
            this.said = said;
        }
    }

    private static void execute(EmbeddedMessageDb server, String sql) throws Exception {
        try (Connection connection = server.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The server trusts everybody until it is told otherwise. */
    private static void askForPassword(EmbeddedMessageDb server) throws Exception {
        Path hba = server.dataDirectory().resolve("data").resolve("pg_hba.conf");
        Files.writeString(hba, "host all message_store all scram-sha-256\n" + Files.readString(hba));
        execute(server, "ALTER ROLE message_store PASSWORD '" + PASSWORD + "'");
        execute(server, "SELECT pg_reload_conf()");
    }

    /** One that was let in just before has no role yet for a moment, and would be left. */
    private static void endSessions(EmbeddedMessageDb server) throws Exception {
        execute(
                server,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + TestDatabase.ROLE + "'");
    }

    private static Target target(EmbeddedMessageDb server) {
        Target target = Target.of(server);
        return target.withSources(() -> {
            PGSimpleDataSource source = target.sources().get();
            source.setPassword(PASSWORD);
            return source;
        });
    }

    @ParameterizedTest
    @EnumSource
    void is_told_and_waited_for(Fault fault) throws Exception {
        try (EmbeddedMessageDb server = EmbeddedMessageDb.start()) {
            askForPassword(server);
            try (Scenario scenario = Scenario.start(target(server), Shape.IN_A_GROUP)) {
                execute(server, fault.taken);
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    endSessions(server);
                    assertThat(scenario.program().health()).contains(fault.said);
                });
                execute(server, fault.given);
                scenario.end();
            }
        }
    }
}
