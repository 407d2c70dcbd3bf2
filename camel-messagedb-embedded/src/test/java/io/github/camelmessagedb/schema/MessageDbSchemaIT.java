package io.github.camelmessagedb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.embedded.Sql;
import io.github.camelmessagedb.schema.MessageDbSchema.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MessageDbSchemaIT {

    private EmbeddedMessageDb server;

    /** Of the superuser, in an empty database of a cluster without the role. */
    private DataSource owner;

    @BeforeEach
    void start_without_message_db() throws SQLException {
        server = EmbeddedMessageDb.start();
        Sql.execute(on("postgres", "postgres"), "DROP DATABASE message_store", "DROP ROLE message_store");
        owner = database("empty");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void installs_once_and_then_finds_it_present() throws SQLException {
        assertThat(MessageDbSchema.on(owner).version()).isEmpty();

        assertThat(MessageDbSchema.on(owner).install()).isEqualTo(Outcome.INSTALLED);
        Sql.write(on("empty", "message_store"), "thing-1");

        assertThat(MessageDbSchema.on(owner).install()).isEqualTo(Outcome.ALREADY_PRESENT);
        assertThat(MessageDbSchema.on(owner).version()).contains("1.3.0");
        assertThat(Sql.messages(owner)).isOne();
    }

    @Test
    void ten_programs_at_once_install_it_once_whatever_isolation_is_their_default() throws Exception {
        PGSimpleDataSource serializable = (PGSimpleDataSource) on("empty", "postgres");
        serializable.setOptions("-c default_transaction_isolation=serializable");

        List<Outcome> outcomes = atOnce(Collections.nCopies(10, serializable));

        assertThat(outcomes).hasSize(10).containsOnlyOnce(Outcome.INSTALLED);
        Sql.write(on("empty", "message_store"), "thing-1");
    }

    @Test
    void several_databases_of_one_cluster_at_once_share_the_role() throws Exception {
        List<DataSource> databases = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            databases.add(database("db" + i));
        }

        assertThat(atOnce(databases)).hasSize(8).containsOnly(Outcome.INSTALLED);
        for (int i = 0; i < 8; i++) {
            Sql.write(on("db" + i, "message_store"), "thing-1");
        }
    }

    @Test
    void a_message_db_of_another_making_is_left_as_it_is() throws SQLException {
        MessageDbSchema.on(owner).install();
        Sql.execute(
                owner,
                "CREATE OR REPLACE FUNCTION message_store.message_store_version() RETURNS varchar LANGUAGE sql AS "
                        + "$$ SELECT '1.2.2'::varchar $$",
                "DROP VIEW message_store.type_summary");

        assertThat(MessageDbSchema.on(owner).install()).isEqualTo(Outcome.ALREADY_PRESENT);

        assertThat(MessageDbSchema.on(owner).version()).contains("1.2.2");
        assertThat(Sql.value(owner, "SELECT to_regclass('message_store.type_summary')"))
                .isNull();
    }

    @Test
    void the_role_writes_and_reads_through_its_default_search_path_and_changes_nothing() throws SQLException {
        MessageDbSchema.on(owner).install();
        DataSource role = on("empty", "message_store");

        Sql.write(role, "thing-1");
        Sql.write(role, "thing-1");

        assertThat(Sql.value(role, "SELECT count(*) FROM get_stream_messages('thing-1')"))
                .isEqualTo("2");
        assertThat(Sql.value(role, "SELECT count(*) FROM get_category_messages('thing')"))
                .isEqualTo("2");
        assertThat(Sql.value(role, "SELECT position FROM get_last_stream_message('thing-1')"))
                .isEqualTo("1");
        assertThat(Sql.value(role, "SELECT percent FROM stream_summary")).isEqualTo("100.00");
        for (String change : List.of("UPDATE messages SET type = 'x'", "DELETE FROM messages", "TRUNCATE messages")) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Sql.execute(role, change))
                    .withMessageContaining("permission denied");
        }
    }

    @Test
    void a_role_with_createrole_and_create_suffices() throws SQLException {
        Sql.execute(owner, "CREATE ROLE app LOGIN CREATEROLE", "GRANT CREATE ON DATABASE empty TO app");

        assertThat(MessageDbSchema.on(on("empty", "app")).install()).isEqualTo(Outcome.INSTALLED);

        Sql.write(on("empty", "message_store"), "thing-1");
    }

    @Test
    void missing_privileges_are_named_and_the_remedies_mend_it() throws SQLException {
        Sql.execute(owner, "CREATE ROLE \"an App\" LOGIN", "CREATE SCHEMA message_store");
        DataSource app = on("empty", "an App");
        List<String> remedies = new ArrayList<>();

        assertThatExceptionOfType(MissingPrivilegeException.class)
                .isThrownBy(() -> MessageDbSchema.on(app).install())
                .withMessageContaining("the role \"an App\" lacks CREATE on the database empty")
                .withMessageContaining("CREATEROLE")
                .withMessageContaining("ownership of the schema message_store")
                .satisfies(e -> remedies.addAll(e.remedies()));
        Sql.execute(owner, remedies.toArray(String[]::new));

        assertThat(MessageDbSchema.on(app).install()).isEqualTo(Outcome.INSTALLED);
        Sql.write(on("empty", "message_store"), "thing-1");
    }

    @Test
    void what_is_present_is_found_without_any_privilege() throws SQLException {
        MessageDbSchema.on(owner).install();
        Sql.execute(owner, "CREATE ROLE nobody LOGIN");

        assertThat(MessageDbSchema.on(on("empty", "nobody")).install()).isEqualTo(Outcome.ALREADY_PRESENT);
    }

    @Test
    void a_failed_installation_leaves_nothing() throws SQLException {
        Sql.execute(
                owner,
                "CREATE SCHEMA message_store",
                "CREATE FUNCTION message_store.hash_64(value varchar) RETURNS text LANGUAGE sql AS 'SELECT $1'");

        assertThatExceptionOfType(SchemaException.class)
                .isThrownBy(() -> MessageDbSchema.on(owner).install())
                .withMessageContaining("cannot change return type");

        assertThat(Sql.value(owner, "SELECT to_regclass('message_store.messages')"))
                .isNull();
        assertThat(Sql.value(owner, "SELECT count(*) FROM pg_roles WHERE rolname = 'message_store'"))
                .isEqualTo("0");
    }

    @Test
    void search_path_isolation_and_autocommit_of_the_data_source_do_not_matter_and_stay() throws SQLException {
        PGSimpleDataSource odd = (PGSimpleDataSource) on("empty", "postgres");
        odd.setOptions("-c search_path=nowhere -c default_transaction_isolation=serializable");
        try (Connection connection = odd.getConnection()) {
            connection.setAutoCommit(false);

            Outcome outcome = MessageDbSchema.on(new OneConnection(connection)).install();

            assertThat(outcome).isEqualTo(Outcome.INSTALLED);
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getSchema()).isNull();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        }
        assertThat(Sql.value(owner, "SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pgcrypto'"))
                .isEqualTo("public");
        Sql.write(on("empty", "message_store"), "thing-1");
    }

    /** Starts one thread for each and lets them all go together. */
    private static List<Outcome> atOnce(List<? extends DataSource> dataSources) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(dataSources.size());
        try {
            List<Callable<Outcome>> installations = dataSources.stream()
                    .map(dataSource -> (Callable<Outcome>)
                            () -> MessageDbSchema.on(dataSource).install())
                    .toList();
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> installation : threads.invokeAll(installations)) {
                outcomes.add(installation.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private DataSource database(String name) throws SQLException {
        Sql.execute(on("postgres", "postgres"), "CREATE DATABASE " + name);
        return on(name, "postgres");
    }

    private DataSource on(String database, String role) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setPortNumbers(new int[] {server.port()});
        dataSource.setDatabaseName(database);
        dataSource.setUser(role);
        return dataSource;
    }
}
