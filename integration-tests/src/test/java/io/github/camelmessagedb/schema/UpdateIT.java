package io.github.camelmessagedb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdateIT {

    private static final String MESSAGES = "SELECT * FROM message_store.messages ORDER BY global_position";

    @ParameterizedTest
    @EnumSource(names = "ORIGINAL_1_.*", mode = EnumSource.Mode.MATCH_ALL)
    void an_older_original_is_updated_and_its_messages_stay(TestSchema old) {
        try (TestDatabase database = TestDatabase.create(old)) {
            write(database, "account-1");
            write(database, "account-1");
            List<List<@Nullable String>> before = database.query(MESSAGES);
            MessageDbSchema schema = MessageDbSchema.on(database.ownerDataSource());
            String version = schema.version().orElseThrow();

            UpdateOutcome outcome = schema.update();

            assertThat(outcome).isEqualTo(new UpdateOutcome(version, "1.3.0"));
            assertThat(outcome.alreadyCurrent()).isFalse();
            assertThat(version).isIn("1.1.6", "1.2.3", "1.2.6");
            assertThat(database.query(MESSAGES)).isEqualTo(before).hasSize(2);
            assertThat(schema.version()).contains("1.3.0");
            assertThat(schema.verify().findings()).isEmpty();
        }
    }

    @Test
    void version_1_0_0_is_updated_with_its_pgcrypto_and_its_owner() {
        try (TestDatabase database = Version100.create()) {
            write(database, "account-1");
            MessageDbSchema schema = MessageDbSchema.on(database.ownerDataSource());
            assertThat(schema.verify().findings())
                    .extracting(Finding::sentence)
                    .anyMatch(sentence -> sentence.contains("write_message") && sentence.contains("older Message DB"));

            assertThat(schema.update()).isEqualTo(new UpdateOutcome("1.0.0", "1.3.0"));

            assertThat(schema.verify().findings()).isEmpty();
            assertThat(database.messageCount()).isOne();
            write(database, "account-1");
            assertThat(database.query("SELECT extnamespace::regnamespace::text FROM pg_extension"
                            + " WHERE extname = 'pgcrypto'"))
                    .containsExactly(List.of("public"));
        }
    }

    @Test
    void what_is_current_is_left_as_it_is() {
        try (TestDatabase database = TestDatabase.create(TestSchema.OURS)) {
            database.execute("DROP VIEW message_store.type_summary");

            assertThat(MessageDbSchema.on(database.ownerDataSource()).update().alreadyCurrent())
                    .isTrue();

            assertThat(database.query("SELECT to_regclass('message_store.type_summary')"))
                    .containsExactly(Collections.singletonList(null));
        }
    }

    @Test
    void a_newer_version_is_refused_and_left() {
        try (TestDatabase database = TestDatabase.create(TestSchema.OURS)) {
            answerVersion(database, "1.4.0");

            assertThatExceptionOfType(SchemaException.class)
                    .isThrownBy(
                            () -> MessageDbSchema.on(database.ownerDataSource()).update())
                    .withMessageContaining("it is version 1.4.0, and only versions from 1.0.0 to 1.3.0");
            assertThat(MessageDbSchema.on(database.dataSource()).version()).contains("1.4.0");
        }
    }

    @Test
    void a_version_that_nobody_can_tell_is_refused() {
        try (TestDatabase database = TestDatabase.create(TestSchema.OURS)) {
            answerVersion(database, "ours");

            assertThatExceptionOfType(SchemaException.class)
                    .isThrownBy(
                            () -> MessageDbSchema.on(database.ownerDataSource()).update())
                    .withMessageContaining("does not say which version it is");
        }
    }

    @Test
    void where_none_is_installed_there_is_nothing_to_update() {
        try (TestDatabase database = TestDatabase.create(TestSchema.NONE)) {
            assertThatExceptionOfType(SchemaException.class)
                    .isThrownBy(
                            () -> MessageDbSchema.on(database.ownerDataSource()).update())
                    .withMessageContaining("There is no Message DB in the database " + database.name());

            database.execute("CREATE TABLE public.messages (global_position bigint)");

            assertThatExceptionOfType(SchemaException.class)
                    .isThrownBy(
                            () -> MessageDbSchema.on(database.ownerDataSource()).update())
                    .withMessageContaining("older than 1.0.0");
        }
    }

    @Test
    void who_could_call_the_old_function_can_call_the_new_one() {
        String role = Roles.create();
        try (TestDatabase database = TestDatabase.create(TestSchema.ORIGINAL_1_2_6)) {
            database.execute("REVOKE EXECUTE ON FUNCTION message_store.get_last_stream_message(varchar) FROM PUBLIC");
            database.execute("GRANT EXECUTE ON FUNCTION message_store.get_last_stream_message(varchar) TO " + role);

            MessageDbSchema.on(database.ownerDataSource()).update();

            String mayCall =
                    "SELECT has_function_privilege(?, 'message_store.get_last_stream_message(varchar, varchar)',"
                            + " 'EXECUTE')";
            assertThat(database.query(mayCall, role)).containsExactly(List.of("t"));
            assertThat(database.query(mayCall, "pg_monitor")).containsExactly(List.of("f"));
        } finally {
            Roles.drop(role);
        }
    }

    @Test
    void a_function_that_somebody_replaced_stays_and_is_told() {
        try (TestDatabase database = TestDatabase.create(TestSchema.ORIGINAL_1_2_6)) {
            database.execute("CREATE OR REPLACE FUNCTION message_store.is_category(stream_name varchar) RETURNS boolean"
                    + " LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN true; END $$");
            MessageDbSchema schema = MessageDbSchema.on(database.ownerDataSource());

            schema.update();

            assertThat(schema.verify().problems())
                    .extracting(Finding::object)
                    .containsExactly("function is_category(character varying)");
        }
    }

    @Test
    void what_depends_on_the_old_function_stops_the_update_and_nothing_is_changed() {
        try (TestDatabase database = TestDatabase.create(TestSchema.ORIGINAL_1_2_6)) {
            database.execute(
                    "CREATE VIEW public.last_one AS SELECT * FROM message_store.get_last_stream_message('a-1')");

            assertThatExceptionOfType(SchemaException.class)
                    .isThrownBy(
                            () -> MessageDbSchema.on(database.ownerDataSource()).update())
                    .withMessageContaining("view public.last_one depends on function");
            assertThat(MessageDbSchema.on(database.dataSource()).version()).contains("1.2.6");
        }
    }

    @Test
    void missing_privileges_are_named_and_the_remedies_mend_it() {
        String role = Roles.create();
        try (TestDatabase database = TestDatabase.create(TestSchema.ORIGINAL_1_2_6)) {
            MessageDbSchema schema = MessageDbSchema.on(database.dataSource(role));

            assertThatExceptionOfType(MissingPrivilegeException.class)
                    .isThrownBy(schema::update)
                    .withMessageContaining(
                            "lacks USAGE on the schema message_store and CREATE on the schema message_store and ownership of the function ")
                    .satisfies(e -> database.execute(String.join(";", e.remedies())));

            assertThat(schema.update().from()).isEqualTo("1.2.6");
            assertThat(schema.verify().problems()).isEmpty();
        } finally {
            Roles.drop(role);
        }
    }

    private static void answerVersion(TestDatabase database, String version) {
        database.execute("CREATE OR REPLACE FUNCTION message_store.message_store_version() RETURNS varchar"
                + " LANGUAGE plpgsql AS $$ BEGIN RETURN '" + version + "'; END $$");
    }

    private static void write(TestDatabase database, String stream) {
        database.execute("SET search_path TO message_store, public; SELECT write_message(gen_random_uuid()::varchar, '"
                + stream + "', 'Happened', '{}')");
    }
}
