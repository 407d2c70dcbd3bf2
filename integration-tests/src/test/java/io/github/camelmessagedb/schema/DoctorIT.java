package io.github.camelmessagedb.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.schema.Finding.Severity;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

class DoctorIT {

    private static final Needs WRITING = new Needs(true, false, Set.of());

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final String role = Roles.name();

    @AfterEach
    void dropRole() {
        if (!database.query("SELECT 1 FROM pg_roles WHERE rolname = ?", role).isEmpty()) {
            database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }

    private static List<Finding> examine(DataSource dataSource, Needs needs) {
        return MessageDbDoctor.on(dataSource).examine(needs).findings();
    }

    private Finding only(DataSource dataSource, Needs needs) {
        List<Finding> findings = examine(dataSource, needs);
        assertThat(findings).as("one finding").hasSize(1);
        return findings.get(0);
    }

    /** A data source of a role that is made with these statements, {@code %s} in them. */
    private PGSimpleDataSource role(String... grants) {
        database.execute("CREATE ROLE " + role + " LOGIN");
        for (String grant : grants) {
            database.execute(grant.formatted(role));
        }
        return database.dataSource(role);
    }

    @ParameterizedTest
    @EnumSource(names = {"OURS", "ORIGINAL"})
    void nothing_is_found_where_nothing_is_wrong(TestSchema schema) {
        try (TestDatabase whole = TestDatabase.create(schema)) {
            whole.execute("ALTER DATABASE \"" + whole.name() + "\" SET message_store.sql_condition = on");

            assertThat(examine(whole.dataSource(), new Needs(true, true, Set.of("account"))))
                    .isEmpty();
        }
    }

    @Test
    void where_nothing_is_installed_that_is_the_finding() {
        try (TestDatabase empty = TestDatabase.create(TestSchema.NONE)) {
            assertThat(only(empty.dataSource(), WRITING).sentence())
                    .contains("There is no Message DB in this database");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER SEQUENCE message_store.messages_global_position_seq CACHE 32 | sequence messages_global_position_seq | cache 32
            CREATE OR REPLACE FUNCTION message_store.acquire_lock(stream_name varchar) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN 1; END' | function acquire_lock(character varying) | somebody replaced it
            CREATE OR REPLACE FUNCTION message_store.message_store_version() RETURNS varchar LANGUAGE plpgsql AS 'BEGIN RETURN ''1.2.2''; END' | function message_store_version() | answers 1.2.2, and should answer 1.3.0
            REVOKE INSERT ON message_store.messages FROM message_store | privilege INSERT ON message_store.messages | GRANT INSERT ON message_store.messages TO "message_store"
            REVOKE EXECUTE ON FUNCTION message_store.write_message FROM message_store, PUBLIC | privilege EXECUTE ON FUNCTION message_store.write_message(character varying, character varying, character varying, jsonb, jsonb, bigint) | GRANT EXECUTE ON FUNCTION message_store.write_message
            REVOKE USAGE ON SEQUENCE message_store.messages_global_position_seq FROM message_store | privilege USAGE ON SEQUENCE message_store.messages_global_position_seq | GRANT USAGE ON SEQUENCE
            """)
    void what_is_wrong_is_said_with_what_mends_it(String damage, String object, String words) {
        database.execute(damage);

        Finding finding = only(database.dataSource(), WRITING);

        assertThat(finding.severity()).isEqualTo(Severity.PROBLEM);
        assertThat(finding.object()).isEqualTo(object);
        assertThat(finding.sentence()).contains(words);
        database.execute(finding.remedy().orElseThrow());
        assertThat(examine(database.dataSource(), WRITING)).isEmpty();
    }

    @Test
    void a_write_message_without_the_lock_is_found() {
        database.execute("""
                DO $do$ BEGIN
                  EXECUTE replace(pg_get_functiondef('message_store.write_message'::regproc),
                    'PERFORM acquire_lock', '-- PERFORM acquire_lock');
                END $do$""");

        assertThat(only(database.dataSource(), Needs.READING).sentence())
                .contains("write_message", "somebody replaced it");
    }

    @Test
    void what_a_program_does_not_do_it_needs_no_privilege_for() {
        PGSimpleDataSource reader = role(
                "GRANT USAGE ON SCHEMA message_store TO %s",
                "GRANT SELECT ON message_store.messages, message_store.messages_global_position_seq TO %s",
                "GRANT EXECUTE ON FUNCTION message_store.category TO %s");

        assertThat(MessageDbDoctor.on(reader).examine(Needs.READING).problems()).isEmpty();
        database.execute("REVOKE EXECUTE ON FUNCTION message_store.write_message FROM PUBLIC");
        assertThat(MessageDbDoctor.on(reader).examine(WRITING).problems())
                .extracting(Finding::object)
                .contains("privilege INSERT ON message_store.messages");
    }

    @Test
    void a_role_with_no_privileges_is_told_the_one_statement_that_gives_them() {
        PGSimpleDataSource newcomer = role();

        Finding finding =
                MessageDbDoctor.on(newcomer).examine(WRITING).problems().get(0);

        assertThat(MessageDbDoctor.on(newcomer).examine(WRITING).problems()).hasSize(1);
        assertThat(finding.sentence()).contains("The role " + role, "GRANT message_store TO \"" + role + "\"");
        database.execute(finding.remedy().orElseThrow());
        assertThat(MessageDbDoctor.on(newcomer).examine(WRITING).problems()).isEmpty();
    }

    @Test
    void a_search_path_without_message_db_is_a_note_for_the_component_sets_it() {
        PGSimpleDataSource own = role("GRANT message_store TO %s");

        Finding finding = only(own, WRITING);

        assertThat(finding.severity()).isEqualTo(Severity.NOTE);
        assertThat(finding.sentence())
                .contains("search_path", "ALTER ROLE \"" + role + "\" SET search_path TO message_store, public");
        own.setCurrentSchema("message_store,public");
        assertThat(examine(own, WRITING)).isEmpty();
    }

    @Test
    void a_condition_that_the_server_does_not_take_is_found() {
        PGSimpleDataSource own = role("GRANT message_store TO %s");
        own.setCurrentSchema("message_store");
        Needs needs = new Needs(false, true, Set.of());

        Finding finding = only(own, needs);

        assertThat(finding.sentence()).contains("message_store.sql_condition is off for the role " + role);
        assertThat(examine(own, Needs.READING)).isEmpty();
        database.execute(finding.remedy().orElseThrow());
        assertThat(examine(own, needs)).isEmpty();
    }

    @Test
    void streams_without_an_id_are_found_in_the_categories_that_groups_read() {
        write("account", "order", "account:command-1", "cart-1");

        assertThat(only(database.dataSource(), new Needs(false, false, Set.of("account", "cart", "account:command")))
                        .sentence())
                .contains("stream 'account'", "go to member 0", "'account-123'");
        assertThat(examine(database.dataSource(), Needs.READING)).isEmpty();
    }

    private void write(String... streams) {
        for (String stream : streams) {
            database.store().writer().write(NewMessage.of(stream, "Opened", "{}"), ExpectedVersion.ANY);
        }
    }

    @Test
    void a_database_that_is_not_utf8_is_found() {
        String name = "ascii_" + UUID.randomUUID().toString().substring(0, 8);
        database.execute(
                "CREATE DATABASE " + name + " ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        try {
            MessageDbSchema.on(Servers.superuser(database, name)).install();

            Finding finding = only(Servers.of(database, name, TestDatabase.ROLE), WRITING);

            assertThat(finding.severity()).isEqualTo(Severity.PROBLEM);
            assertThat(finding.sentence()).contains("encoding is SQL_ASCII, not UTF8", "TEMPLATE template0");
        } finally {
            database.execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "11.22, 110022, PROBLEM",
        "12.0, 120000, NOTE",
        "14.22, 140022, NOTE",
        "15.0, 150000, ",
        "18.6, 180006, ",
    })
    void a_server_that_is_too_old_is_found(String version, int number, Severity severity) {
        Finding finding = Examination.version(version, number);

        assertThat(finding == null ? null : finding.severity()).isEqualTo(severity);
    }

    @Test
    void a_database_that_is_away_is_an_exception() {
        PGSimpleDataSource away = database.dataSource();
        away.setPortNumbers(new int[] {1});

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> examine(away, WRITING)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("Message DB cannot be looked at");
    }
}
