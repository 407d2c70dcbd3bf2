package io.github.camelmessagedb.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What two writers of a category do to each other. */
class LocksIT {

    private static final String SEQUENCE = "SELECT last_value FROM message_store.messages_global_position_seq";

    @ParameterizedTest
    @EnumSource(names = {"OURS", "ORIGINAL"})
    void a_writer_waits_before_it_takes_a_global_position_and_then_sees_what_the_other_wrote(TestSchema schema)
            throws Exception {
        try (TestDatabase database = TestDatabase.create(schema);
                Connection one = begin(database);
                Connection other = begin(database)) {
            write(one, "a-1");

            CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> write(other, "a-1"));
            awaitOneWaiting(database);
            long takenBefore = database.number(SEQUENCE);
            one.commit();

            assertThat(waiting.get()).isEqualTo(1);
            assertThat(takenBefore).isEqualTo(1);
            assertThat(database.number(SEQUENCE)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OURS", "ORIGINAL"})
    void categories_and_types_of_a_category_do_not_wait_for_each_other(TestSchema schema) throws SQLException {
        try (TestDatabase database = TestDatabase.create(schema);
                Connection one = begin(database);
                Connection other = begin(database)) {
            write(one, "a-1");

            assertThat(write(other, "b-1")).isZero();
            assertThat(write(other, "a:command-1")).isZero();
            assertThat(write(other, "A-1")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OURS", "ORIGINAL"})
    void who_took_the_lock_by_hand_is_waited_for(TestSchema schema) throws Exception {
        try (TestDatabase database = TestDatabase.create(schema);
                Connection one = begin(database);
                Connection other = begin(database)) {
            number(one, "SELECT acquire_lock('a-2')");

            CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> write(other, "a-1+x"));
            awaitOneWaiting(database);
            one.rollback();

            assertThat(waiting.get()).isZero();
        }
    }

    private static Connection begin(TestDatabase database) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static long write(Connection connection, String stream) {
        try {
            return number(connection, "SELECT write_message(gen_random_uuid()::varchar, '" + stream + "', 'T', '{}')");
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void awaitOneWaiting(TestDatabase database) {
        await().until(() -> database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                == 1);
    }
}
