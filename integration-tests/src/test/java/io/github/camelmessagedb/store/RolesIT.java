package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.write;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelmessagedb.testing.TestDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

class RolesIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private String role;
    private MessageStore store;

    @BeforeEach
    void createRole() {
        role = "role_of_" + database.name();
        database.execute("CREATE ROLE " + role + " LOGIN");
        store = new MessageStore(database.dataSource(role));
    }

    @AfterEach
    void dropRole() {
        database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
    }

    @Test
    void a_role_with_the_privileges_of_message_store_does_everything() {
        database.execute("GRANT USAGE ON SCHEMA message_store TO " + role
                + "; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA message_store TO " + role
                + "; GRANT SELECT, INSERT ON message_store.messages TO " + role
                + "; GRANT USAGE, SELECT ON SEQUENCE message_store.messages_global_position_seq TO " + role);

        write(store, "one-1");
        writeAll(store, messages("one-1", "two-1"));

        assertThat(Examples.all(store, "one")).hasSize(2);
    }

    @Test
    void a_member_of_message_store_does_everything() {
        database.execute("GRANT message_store TO " + role);

        write(store, "one-1");

        assertThat(Examples.all(store, "one")).hasSize(1);
    }

    @Test
    void a_role_that_may_only_read_reads() {
        database.execute("GRANT USAGE ON SCHEMA message_store TO " + role
                + "; GRANT SELECT ON message_store.messages TO " + role);
        write(database.store(), "one-1");

        assertThat(Examples.all(store, "one")).hasSize(1);
        assertThat(unavailable(() -> write(store, "one-1")).remedy().orElseThrow())
                .contains("message_store");
    }

    @Test
    void a_role_without_privileges_learns_which_it_needs() {
        for (StoreUnavailableException e : new StoreUnavailableException[] {
            unavailable(() -> write(store, "one-1")),
            unavailable(() -> writeAll(store, messages("one-1", "two-1"))),
            unavailable(() -> store.reader().readCategory(ReadQuery.of("one")))
        }) {
            assertThat(e).hasMessageContaining("42501");
            assertThat(e.remedy().orElseThrow()).contains("USAGE", "EXECUTE", "SELECT", "INSERT");
        }
    }

    @Test
    void a_role_without_execute_learns_that_it_needs_it() {
        database.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA message_store FROM PUBLIC, message_store");

        StoreUnavailableException e = unavailable(() -> write(database.store(), "one-1"));

        assertThat(e).hasMessageContaining("42501");
        assertThat(e.remedy().orElseThrow()).contains("EXECUTE");
    }

    @Test
    void a_role_that_may_not_log_in_learns_it() {
        database.execute("ALTER ROLE " + role + " NOLOGIN");

        assertThat(unavailable(() -> write(store, "one-1")).remedy().orElseThrow())
                .contains("LOG IN");
    }

    @Test
    void a_role_that_does_not_exist_is_reported_with_what_to_check() {
        MessageStore nobody = new MessageStore(database.dataSource("nobody_of_" + database.name()));

        assertThat(unavailable(() -> write(nobody, "one-1")).remedy().orElseThrow())
                .contains("user name");
    }

    @Test
    void a_database_that_does_not_exist_is_reported_with_what_to_check() {
        PGSimpleDataSource elsewhere = database.dataSource();
        elsewhere.setDatabaseName("none_of_" + database.name());

        StoreUnavailableException e = unavailable(() -> write(new MessageStore(elsewhere), "one-1"));

        assertThat(e).hasMessageContaining("none_of_" + database.name());
        assertThat(e.remedy().orElseThrow()).contains("database's name");
    }

    @Test
    void the_same_is_reported_through_a_pool() {
        PGSimpleDataSource elsewhere = database.dataSource();
        elsewhere.setDatabaseName("none_of_" + database.name());
        MessageStore pooled =
                new MessageStore(database.pool(elsewhere, settings -> settings.setConnectionTimeout(250)));

        assertThat(unavailable(() -> write(pooled, "one-1")).remedy().orElseThrow())
                .contains("database's name");
    }

    @Test
    void a_database_without_message_db_is_reported_with_what_to_do() {
        database.execute("DROP SCHEMA message_store CASCADE");

        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> write(database.store(), "one-1"),
            () -> writeAll(database.store(), messages("one-1", "two-1")),
            () -> database.store().reader().readCategory(ReadQuery.of("one")),
            () -> database.store().reader().streamVersion(StreamName.of("one-1"))
        }) {
            assertThat(unavailable(call).remedy().orElseThrow()).contains("not installed");
        }
    }

    @Test
    void a_message_db_without_one_of_its_functions_is_reported_with_what_to_do() {
        database.execute("DROP FUNCTION message_store.stream_version(varchar)");

        assertThat(unavailable(() -> write(database.store(), "one-1")).remedy().orElseThrow())
                .contains("not all of it");
    }

    @Test
    void a_read_only_database_is_read_and_not_written_to() {
        write(database.store(), "one-1");
        database.execute(
                "ALTER ROLE message_store IN DATABASE " + database.name() + " SET default_transaction_read_only = on");

        assertThat(Examples.all(database.store(), "one")).hasSize(1);
        assertThat(unavailable(() -> database.store().writer().write(message("one-1"), ExpectedVersion.ANY))
                        .remedy()
                        .orElseThrow())
                .contains("read-only");
    }

    private static StoreUnavailableException unavailable(ThrowingCallable call) {
        return catchThrowableOfType(StoreUnavailableException.class, call);
    }
}
