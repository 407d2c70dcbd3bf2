package io.github.camelmessagedb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UninstallIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    /** Of these tests alone: the role message_store is needed by the other databases of the server. */
    private final String role = Roles.name();

    private MessageDbSchema schema;

    @BeforeEach
    void grant() {
        MessageDbSchema.on(database.ownerDataSource()).uninstall();
        schema = MessageDbSchema.on(database.ownerDataSource()).withRole(role);
        schema.install();
    }

    @AfterEach
    void drop() {
        try {
            // The database goes after this.
            database.execute("DO $$ BEGIN IF to_regrole('" + role + "') IS NOT NULL THEN DROP OWNED BY " + role
                    + " CASCADE; END IF; END $$");
        } catch (IllegalStateException gone) {
            // The test has dropped it.
        }
        Roles.drop(role);
    }

    @Test
    void schema_and_role_go_and_can_be_installed_again() {
        assertThat(schema.uninstall()).isEqualTo(new Uninstalled(true, null));

        assertThat(schema.version()).isEmpty();
        assertThat(database.query("SELECT count(*) FROM pg_roles WHERE rolname = ?", role))
                .containsExactly(List.of("0"));
        assertThat(schema.uninstall()).isEqualTo(new Uninstalled(false, null));
        assertThat(schema.install()).isEqualTo(MessageDbSchema.Outcome.INSTALLED);
        assertThat(schema.verify().findings()).isEmpty();
    }

    @Test
    void messages_are_deleted_only_if_that_is_said() {
        write();

        assertThatExceptionOfType(MessagesPresentException.class)
                .isThrownBy(schema::uninstall)
                .withMessageContaining("it holds messages, the last of them at the global position 1");
        assertThat(database.messageCount()).isOne();

        assertThat(schema.uninstall(Removal.EVEN_WITH_MESSAGES).present()).isTrue();
        assertThat(schema.version()).isEmpty();
    }

    @Test
    void a_role_that_something_else_needs_is_kept_and_that_is_said() {
        database.execute("CREATE TABLE public.other (); GRANT SELECT ON public.other TO " + role);

        assertThat(schema.uninstall().whyRoleIsKept().orElseThrow())
                .contains("The role " + role + " is kept")
                .contains("privileges for table public.other")
                .contains("DROP ROLE \"" + role + "\"");

        assertThat(schema.version()).isEmpty();
    }

    @Test
    void a_role_that_another_database_needs_is_kept() {
        try (TestDatabase other = TestDatabase.create(TestSchema.NONE)) {
            MessageDbSchema.on(other.ownerDataSource()).withRole(role).install();

            assertThat(schema.uninstall().whyRoleIsKept().orElseThrow()).contains("in database " + other.name());
            assertThat(MessageDbSchema.on(other.ownerDataSource())
                            .withRole(role)
                            .verify()
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    void a_role_that_can_more_is_kept() {
        database.execute("ALTER ROLE " + role + " CREATEDB");

        assertThat(schema.uninstall().whyRoleIsKept().orElseThrow()).contains("more than a role to write and read");
    }

    @Test
    void what_somebody_made_of_it_stops_it_and_nothing_is_changed() {
        database.execute("CREATE VIEW public.mine AS SELECT type FROM message_store.messages");

        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(schema::uninstall)
                .withMessageContaining("view public.mine depends on table message_store.messages");
        assertThat(schema.verify().findings()).isEmpty();
    }

    @Test
    void what_somebody_put_into_the_schema_stops_it() {
        database.execute("CREATE TABLE message_store.mine ()");

        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(schema::uninstall)
                .withMessageContaining("table message_store.mine depends on schema message_store");
        assertThat(schema.verify().findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "ORIGINAL.*", mode = EnumSource.Mode.MATCH_ALL)
    void an_original_of_any_version_goes_too(TestSchema original) {
        try (TestDatabase originals = TestDatabase.create(original)) {
            assertThat(MessageDbSchema.on(originals.ownerDataSource())
                            .uninstall()
                            .present())
                    .isTrue();
            assertThat(originals.query("SELECT count(*) FROM pg_namespace WHERE nspname = 'message_store'"))
                    .containsExactly(List.of("0"));
            assertThat(originals.query("SELECT count(*) FROM pg_shdepend WHERE refobjid = 'message_store'::regrole AND"
                            + " dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"))
                    .containsExactly(List.of("0"));
        }
    }

    @Test
    void version_1_0_0_goes_too() {
        try (TestDatabase old = Version100.create()) {
            assertThat(MessageDbSchema.on(old.ownerDataSource()).uninstall().present())
                    .isTrue();
        }
    }

    @Test
    void missing_privileges_are_named_and_the_remedies_mend_it() {
        String other = Roles.create();
        try {
            MessageDbSchema others =
                    MessageDbSchema.on(database.dataSource(other)).withRole(role);

            assertThatExceptionOfType(MissingPrivilegeException.class)
                    .isThrownBy(others::uninstall)
                    .withMessageContaining("lacks ownership of the schema message_store and ownership of the table")
                    .satisfies(e -> database.execute(String.join(";", e.remedies())));

            Uninstalled outcome = others.uninstall();
            assertThat(outcome.present()).isTrue();
            assertThat(outcome.whyRoleIsKept().orElseThrow()).contains("permission denied to drop role");
        } finally {
            Roles.drop(other);
        }
    }

    @Test
    void a_database_with_tables_of_others_is_not_dropped() {
        database.execute("CREATE TABLE public.mine ()");
        MessageDbDatabase named = MessageDbDatabase.named(database.name(), each -> Servers.superuser(database, each));

        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(() -> named.drop(role, Removal.EVEN_WITH_MESSAGES))
                .withMessageContaining("1 other table(s), such as public.mine");
        assertThat(schema.verify().findings()).isEmpty();
    }

    @Test
    void a_database_with_messages_is_dropped_only_if_that_is_said() {
        write();
        MessageDbDatabase named = MessageDbDatabase.named(database.name(), each -> Servers.superuser(database, each));

        assertThatExceptionOfType(MessagesPresentException.class)
                .isThrownBy(() -> named.drop(role, Removal.ONLY_WITHOUT_MESSAGES));
        assertThat(database.messageCount()).isOne();

        assertThat(named.drop(role, Removal.EVEN_WITH_MESSAGES)).isEqualTo(new Uninstalled(true, null));
    }

    @Test
    void clearing_deletes_all_messages_and_begins_positions_anew() {
        write();
        write();

        schema.clearMessages();

        assertThat(database.messageCount()).isZero();
        write();
        assertThat(database.number("SELECT global_position FROM message_store.messages"))
                .isOne();
        assertThat(schema.verify().findings()).isEmpty();
    }

    @Test
    void who_may_not_clear_is_told_what_would_mend_it() {
        assertThatExceptionOfType(MissingPrivilegeException.class)
                .isThrownBy(() -> MessageDbSchema.on(database.dataSource(role)).clearMessages())
                .withMessageContaining("lacks ownership of the table message_store.messages")
                .withMessageContaining("ALTER TABLE message_store.messages OWNER TO " + role);
    }

    private void write() {
        database.execute("SET search_path TO message_store, public;"
                + " SELECT write_message(gen_random_uuid()::varchar, 'account-1', 'Happened', '{}')");
    }
}
