package io.github.camelmessagedb.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.schema.Finding.Severity;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @ParameterizedTest
    @EnumSource(names = {"OURS", "ORIGINAL"})
    void nothing_is_found_where_nothing_is_wrong(TestSchema schema) {
        try (TestDatabase whole = TestDatabase.create(schema)) {
            assertThat(MessageDbSchema.on(whole.dataSource()).verify().findings())
                    .isEmpty();
            assertThat(verify(whole).findings()).isEmpty();
            assertThat(verify(whole).isClean()).isTrue();
        }
    }

    @Test
    void where_nothing_is_installed_that_is_the_finding() {
        try (TestDatabase empty = TestDatabase.create(TestSchema.NONE)) {
            assertThat(verify(empty).problems())
                    .singleElement()
                    .extracting(Finding::sentence)
                    .asString()
                    .contains("There is no Message DB in this database");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DROP INDEX message_store.messages_id | index messages_id | is missing | the same message can be written twice
            DROP INDEX message_store.messages_stream | index messages_stream | is missing | same position of a stream
            DROP INDEX message_store.messages_category | index messages_category | is missing | walks the whole table
            DROP VIEW message_store.type_summary | view type_summary | is missing | report
            DROP FUNCTION message_store.get_stream_messages | function get_stream_messages(character varying, bigint, bigint, character varying) | is missing | read streams through it
            DROP EXTENSION pgcrypto | extension pgcrypto | is missing | CREATE EXTENSION pgcrypto
            ALTER SEQUENCE message_store.messages_global_position_seq CACHE 20 | sequence messages_global_position_seq | is "bigint, increment 1, cache 20" | consumers skip it
            ALTER SEQUENCE message_store.messages_global_position_seq INCREMENT -1 MAXVALUE 9 MINVALUE -9 | sequence messages_global_position_seq | increment -1 | order of writing
            ALTER TABLE message_store.messages SET UNLOGGED | table messages | is "unlogged" | lost in a crash
            ALTER TABLE message_store.messages ENABLE ROW LEVEL SECURITY | table messages | with row level security | skip
            ALTER TABLE message_store.messages ALTER COLUMN time SET DEFAULT now() | column messages.time | DEFAULT now() | UTC
            ALTER TABLE message_store.messages ALTER COLUMN type DROP NOT NULL | column messages.type | is "text" | told apart by type
            ALTER FUNCTION message_store.category(varchar) STABLE | function category(character varying) | STABLE | index messages_category
            ALTER FUNCTION message_store.acquire_lock(varchar) SECURITY DEFINER | function acquire_lock(character varying) | SECURITY DEFINER | commit
            REVOKE INSERT ON message_store.messages FROM message_store | privilege INSERT ON message_store.messages | lacks INSERT | programs that log in with it fail
            REVOKE USAGE ON SCHEMA message_store FROM message_store | privilege USAGE ON SCHEMA message_store | lacks USAGE | GRANT USAGE ON SCHEMA message_store TO "message_store"
            REVOKE EXECUTE ON FUNCTION message_store.hash_64 FROM message_store, PUBLIC | privilege EXECUTE ON FUNCTION message_store.hash_64(character varying) | lacks EXECUTE | fail
            REVOKE EXECUTE ON FUNCTION message_store.write_message FROM message_store, PUBLIC | privilege EXECUTE ON FUNCTION message_store.write_message(character varying, character varying, character varying, jsonb, jsonb, bigint) | lacks EXECUTE | fail
            REVOKE SELECT ON message_store.stream_summary FROM message_store | privilege SELECT ON message_store.stream_summary | lacks SELECT | fail
            REVOKE USAGE ON SEQUENCE message_store.messages_global_position_seq FROM message_store | privilege USAGE ON SEQUENCE message_store.messages_global_position_seq | lacks USAGE | fail
            """)
    void what_is_missing_or_different_is_said_and_what_it_means(
            String damage, String object, String what, String meaning) {
        database.execute(damage);

        Finding finding = only(object);

        assertThat(finding.severity()).isEqualTo(Severity.PROBLEM);
        assertThat(finding.sentence()).contains(what).contains(meaning);
        finding.remedy().ifPresent(database::execute);
        assertThat(finding.remedy().isPresent() || object.equals("column messages.type"))
                .as("a remedy")
                .isTrue();
        if (finding.remedy().isPresent()) {
            assertThat(verify(database).findings()).isEmpty();
        }
    }

    @Test
    void a_replaced_write_message_is_found_and_its_remedy_puts_ours_back() {
        database.execute("""
                DO $do$ BEGIN
                  EXECUTE replace(pg_get_functiondef('message_store.write_message'::regproc),
                    'PERFORM acquire_lock', '-- PERFORM acquire_lock');
                END $do$""");

        Finding finding = only("function write_message(character varying, character varying, character varying, jsonb,"
                + " jsonb, bigint)");

        assertThat(finding.sentence()).contains("somebody replaced it").contains("skipped by consumers");
        database.execute(finding.remedy().orElseThrow());
        assertThat(verify(database).findings()).isEmpty();
    }

    @Test
    void a_replaced_acquire_lock_is_found() {
        database.execute("CREATE OR REPLACE FUNCTION message_store.acquire_lock(stream_name varchar) RETURNS bigint"
                + " LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$");

        assertThat(only("function acquire_lock(character varying)").sentence())
                .contains("consumers skip messages that are committed late");
    }

    @Test
    void a_function_that_differs_in_comments_and_white_space_is_the_same() {
        database.execute("""
                DO $do$ BEGIN
                  EXECUTE replace(replace(pg_get_functiondef('message_store.write_message'::regproc),
                    'BEGIN', E'BEGIN\\r\\n  -- ours\\r\\n /* and\\r\\n mine */'), '    ', E'\\t');
                END $do$""");

        assertThat(database.query("SELECT prosrc FROM pg_proc WHERE proname = 'write_message'")
                        .toString())
                .contains("/* and");
        assertThat(verify(database).findings()).isEmpty();
    }

    @Test
    void a_view_that_counts_otherwise_is_found() {
        database.execute("CREATE OR REPLACE VIEW message_store.type_summary AS"
                + " SELECT type, count(*) AS message_count, 0.0 AS percent FROM message_store.messages GROUP BY type");

        Finding finding = only("view type_summary");

        database.execute(finding.remedy().orElseThrow());
        assertThat(verify(database).findings()).isEmpty();
    }

    @Test
    void a_second_function_of_a_name_is_found() {
        database.execute("CREATE FUNCTION message_store.get_last_stream_message(stream_name varchar)"
                + " RETURNS SETOF message_store.message LANGUAGE sql AS 'SELECT NULL::message_store.message'");

        Finding finding = only("function get_last_stream_message(character varying)");

        assertThat(finding.sentence()).contains("can mean either, and fail");
        database.execute(finding.remedy().orElseThrow());
        assertThat(verify(database).findings()).isEmpty();
    }

    @Test
    void a_sequence_behind_the_messages_is_found() {
        write("account-1");
        write("account-1");
        database.execute("SELECT setval('message_store.messages_global_position_seq', 1)");

        Finding finding = only("sequence messages_global_position_seq");

        assertThat(finding.sentence()).contains("The last global position is 2 while the sequence is at 1");
        database.execute(finding.remedy().orElseThrow());
        assertThat(verify(database).findings()).isEmpty();
        write("account-1");
    }

    @Test
    void an_older_version_is_told_to_be_updated() {
        try (TestDatabase old = TestDatabase.create(TestSchema.ORIGINAL_1_2_6)) {
            assertThat(verify(old).problems())
                    .extracting(Finding::sentence)
                    .anyMatch(sentence -> sentence.contains("answers 1.2.6, and should answer 1.3.0 (update()"));
        }
    }

    @Test
    void triggers_rules_columns_and_privileges_to_change_messages_are_notes() {
        database.execute("CREATE TRIGGER audit AFTER INSERT ON message_store.messages FOR EACH ROW"
                + " EXECUTE FUNCTION suppress_redundant_updates_trigger()");
        database.execute("CREATE RULE r AS ON UPDATE TO message_store.messages DO NOTHING");
        database.execute("ALTER TABLE message_store.messages ADD tenant text");
        database.execute("GRANT DELETE ON message_store.messages TO message_store");

        Verification verification = verify(database);

        assertThat(verification.isClean()).isTrue();
        assertThat(verification.findings())
                .allMatch(finding -> finding.severity() == Severity.NOTE)
                .extracting(Finding::object)
                .containsExactlyInAnyOrder(
                        "trigger audit",
                        "rule r",
                        "column messages.tenant",
                        "privilege DELETE ON message_store.messages");
    }

    @Test
    void a_role_without_any_privilege_finds_the_same_and_says_what_it_could_not_see() {
        String nobody = Roles.create();
        try {
            database.execute("DROP INDEX message_store.messages_id");

            List<Finding> findings =
                    MessageDbSchema.on(database.dataSource(nobody)).verify().findings();

            assertThat(findings).extracting(Finding::severity).containsExactly(Severity.PROBLEM, Severity.UNSEEN);
            assertThat(findings.get(1).sentence()).contains("The role " + nobody + " may not read messages");
        } finally {
            Roles.drop(nobody);
        }
    }

    @Test
    void a_role_that_is_missing_is_found_and_the_remedy_creates_it() {
        String missing = "my \"role\"; DROP TABLE x; --" + Roles.name();
        try (TestDatabase own = TestDatabase.create(TestSchema.OURS)) {
            MessageDbSchema schema = MessageDbSchema.on(own.ownerDataSource()).withRole(missing);

            Finding finding = schema.verify().problems().get(0);

            assertThat(schema.verify().problems()).hasSize(1);
            assertThat(finding.object()).isEqualTo("role " + missing);
            own.execute(finding.remedy().orElseThrow());
            assertThat(schema.verify().problems()).isEmpty();
            assertThat(schema.verify().findings())
                    .singleElement()
                    .extracting(Finding::sentence)
                    .asString()
                    .contains("The search_path of the role");
        } finally {
            Roles.drop(missing);
        }
    }

    private Finding only(String object) {
        List<Finding> findings = verify(database).findings();
        assertThat(findings).extracting(Finding::object).containsExactly(object);
        return findings.get(0);
    }

    private static Verification verify(TestDatabase database) {
        return MessageDbSchema.on(database.ownerDataSource()).verify();
    }

    private void write(String stream) {
        database.execute("SET search_path TO message_store, public;"
                + " SELECT write_message(gen_random_uuid()::varchar, '" + stream + "', 'Happened', '{}')");
    }
}
