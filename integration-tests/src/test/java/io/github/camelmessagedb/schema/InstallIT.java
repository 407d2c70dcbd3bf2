package io.github.camelmessagedb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The role and the database by choice. Without a choice: MessageDbSchemaIT of the embedded module. */
class InstallIT {

    @ParameterizedTest
    @ValueSource(
            strings = {"app", "my \"db\"", "x'); DROP SCHEMA public CASCADE; --", "$$;DROP SCHEMA public;$$", "Ünï"})
    void a_role_of_any_name_is_created_and_can_write_and_read(String prefix) {
        String role = prefix + Roles.name();
        try (TestDatabase database = TestDatabase.create(TestSchema.NONE)) {
            MessageDbSchema schema =
                    MessageDbSchema.on(database.ownerDataSource()).withRole(role);

            assertThat(schema.install()).isEqualTo(MessageDbSchema.Outcome.INSTALLED);

            MessageStore store = new MessageStore(database.dataSource(role));
            assertThat(store.writer().write(NewMessage.of("thing-1", "Happened", "{}"), ExpectedVersion.ANY))
                    .isZero();
            assertThat(schema.verify().findings()).isEmpty();
            assertThat(MessageDbSchema.on(database.dataSource(role)).version()).contains("1.3.0");
            assertThat(database.query("SELECT count(*) FROM pg_namespace WHERE nspname = 'public'"))
                    .containsExactly(List.of("1"));
        } finally {
            Roles.drop(role);
        }
    }

    @Test
    void a_role_that_is_created_finds_the_functions_by_itself() {
        String role = Roles.name();
        try (TestDatabase database = TestDatabase.create(TestSchema.NONE)) {
            MessageDbSchema.on(database.ownerDataSource()).withRole(role).install();

            assertThat(database.query(
                            "SELECT setconfig FROM pg_db_role_setting WHERE setrole = '" + role + "'::regrole"))
                    .containsExactly(List.of("{\"search_path=message_store, public\"}"));
        } finally {
            Roles.drop(role);
        }
    }

    @Test
    void a_role_that_exists_is_left_as_it_is_and_gets_the_privileges() {
        String role = Roles.create();
        try (TestDatabase database = TestDatabase.create(TestSchema.NONE)) {
            MessageDbSchema schema =
                    MessageDbSchema.on(database.ownerDataSource()).withRole(role);

            schema.install();

            assertThat(schema.verify().isClean()).isTrue();
            assertThat(database.query(
                            "SELECT count(*) FROM pg_db_role_setting WHERE setrole = '" + role + "'::regrole"))
                    .containsExactly(List.of("0"));
        } finally {
            Roles.drop(role);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "my \"db\"", "x\"; DROP DATABASE postgres; --", "Ünï cödé"})
    void a_database_of_any_name_is_created_once_and_dropped(String prefix) {
        String name = prefix + Roles.name();
        String role = Roles.name();
        try (TestDatabase server = TestDatabase.create(TestSchema.NONE)) {
            MessageDbDatabase database = MessageDbDatabase.named(name, each -> Servers.superuser(server, each));

            assertThat(database.create()).isTrue();
            assertThat(database.create()).isFalse();
            assertThat(database.schema().withRole(role).install()).isEqualTo(MessageDbSchema.Outcome.INSTALLED);
            assertThat(server.query("SELECT count(*) FROM pg_database WHERE datname = ?", name))
                    .containsExactly(List.of("1"));

            assertThat(database.drop(role, Removal.ONLY_WITHOUT_MESSAGES)).isEqualTo(new Uninstalled(true, null));
            assertThat(database.drop(role, Removal.ONLY_WITHOUT_MESSAGES)).isEqualTo(new Uninstalled(false, null));
            assertThat(server.query(
                            "SELECT (SELECT count(*) FROM pg_database WHERE datname = ?)"
                                    + " + (SELECT count(*) FROM pg_roles WHERE rolname = ?)",
                            name,
                            role))
                    .containsExactly(List.of("0"));
        }
    }

    @Test
    void a_role_that_may_not_create_databases_is_told_what_would_mend_it() {
        String role = Roles.create();
        String name = Roles.name();
        try (TestDatabase server = TestDatabase.create(TestSchema.NONE)) {
            MessageDbDatabase database = MessageDbDatabase.named(name, each -> Servers.of(server, each, role));

            assertThatExceptionOfType(MissingPrivilegeException.class)
                    .isThrownBy(database::create)
                    .withMessageContaining("the role " + role + " lacks CREATEDB")
                    .satisfies(
                            e -> assertThat(e.remedies()).containsExactly("CREATE DATABASE " + name + " OWNER " + role))
                    .satisfies(e -> server.execute(e.remedies().get(0)));

            assertThat(database.create()).isFalse();
            MessageDbDatabase.named(name, each -> Servers.superuser(server, each))
                    .drop(role, Removal.ONLY_WITHOUT_MESSAGES);
        } finally {
            Roles.drop(role);
        }
    }
}
