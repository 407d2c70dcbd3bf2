package io.github.camelmessagedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.cli.Shell.Result;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;

class SchemaCommandsIT {

    private static EmbeddedMessageDb server;

    private String database;
    private Shell shell;

    @BeforeAll
    static void start() {
        server = EmbeddedMessageDb.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void choose_a_database(TestInfo test) {
        database = "my \"db\" " + test.getDisplayName();
        database = database.substring(0, Math.min(database.length(), 60));
        shell = new Shell(server.port()).with("PGDATABASE", database);
    }

    @Test
    void install_creates_the_database_and_the_role() {
        Result result = shell.run("install", "--role", "an app");

        assertThat(result)
                .isEqualTo(new Result(
                        lines(
                                "Created the database " + database,
                                "Installed Message DB in the database " + database + ", for the role an app"),
                        "",
                        0));
        assertThat(shell.with("PGUSER", "an app").run("version")).isEqualTo(new Result(lines("1.3.0"), "", 0));
    }

    @Test
    void an_empty_database_is_no_other_one() {
        Result result = shell.run("install", "-d", "");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("The database is empty: give --database a name");
    }

    @Test
    void install_leaves_what_is_there() {
        shell.run("install");

        assertThat(shell.run("install"))
                .isEqualTo(new Result(
                        lines("There is a Message DB in the database " + database + " already; it was left as it is"),
                        "",
                        0));
    }

    @Test
    void install_creates_no_database_if_told_so() {
        Result result = shell.run("install", "--no-create-database");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("messagedb: Message DB cannot be installed: database ")
                .contains("does not exist")
                .hasLineCount(1);
    }

    @Test
    void update_says_from_where_to_where() throws SQLException {
        shell.run("install");
        execute("CREATE OR REPLACE FUNCTION message_store.message_store_version() RETURNS varchar LANGUAGE plpgsql AS"
                + " $$ BEGIN RETURN '1.2.6'; END $$");

        assertThat(shell.run("update")).isEqualTo(new Result(lines("Updated Message DB from 1.2.6 to 1.3.0"), "", 0));
        assertThat(shell.run("update")).isEqualTo(new Result(lines("Message DB is at 1.3.0 already"), "", 0));
    }

    @Test
    void verify_ends_with_1_and_tells_what_is_wrong_and_its_script_mends_it() throws SQLException {
        shell.run("install");
        assertThat(shell.run("verify"))
                .isEqualTo(new Result(lines("Message DB in the database " + database + " is as it should be"), "", 0));
        execute("DROP INDEX message_store.messages_id; DROP VIEW message_store.type_summary");

        Result found = shell.run("verify");
        Result script = shell.run("verify", "--sql");

        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.out())
                .contains("problem: The index messages_id is missing")
                .contains("problem: The view type_summary is missing")
                .hasLineCount(2);
        execute(script.out());
        assertThat(shell.run("verify").exitCode()).isZero();
    }

    @Test
    void verify_of_the_default_role_says_how_another_one_is_verified() {
        shell.run("install", "--role", "another");

        assertThat(shell.run("verify", "--role", "another"))
                .isEqualTo(new Result(lines("Message DB in the database " + database + " is as it should be"), "", 0));
        assertThat(shell.run("verify").err())
                .isEqualTo(lines("messagedb: This is about the role message_store. If programs log in with another one:"
                        + " --role NAME"));
    }

    @Test
    void uninstall_deletes_messages_only_if_told_so() {
        shell.run("install", "--role", "gone");
        shell.run("write", "account-1");

        Result refused = shell.run("uninstall", "--role", "gone");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("it holds messages").contains("--even-with-messages");
        assertThat(shell.run("messages", "account").out()).contains("account-1");

        assertThat(shell.run("uninstall", "--role", "gone", "--even-with-messages"))
                .isEqualTo(new Result(lines("Uninstalled Message DB from the database " + database), "", 0));
        assertThat(shell.run("version"))
                .isEqualTo(new Result("", lines("messagedb: There is no Message DB in the database " + database), 1));
    }

    @Test
    void uninstall_drops_the_database_if_told_so() {
        shell.run("install", "--role", "gone too");

        assertThat(shell.run("uninstall", "--role", "gone too", "--drop-database"))
                .isEqualTo(new Result(lines("Dropped the database " + database), "", 0));
        assertThat(shell.run("version").err()).contains("does not exist");
    }

    @Test
    void a_missing_privilege_is_named_in_one_line() throws SQLException {
        shell.run("install");
        execute("CREATE ROLE nobody LOGIN");

        Result result = shell.run("clear", "--yes", "-U", "nobody");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("messagedb: The messages cannot be deleted: the role nobody lacks ownership of the table")
                .contains("ALTER TABLE message_store.messages OWNER TO nobody")
                .hasLineCount(1);
    }

    @Test
    void doctor_ends_with_0_where_nothing_is_in_the_way_of_a_program() {
        shell.run("install", "--role", "healthy");

        assertThat(shell.run("doctor", "-U", "healthy"))
                .isEqualTo(new Result(
                        lines("Nothing in the database " + database
                                + " is in the way of programs that use it like this"),
                        "",
                        0));
    }

    @Test
    void doctor_says_what_is_in_the_way_and_what_to_type_and_ends_with_1() throws SQLException {
        shell.run("install", "--role", "patient");
        execute("ALTER SEQUENCE message_store.messages_global_position_seq CACHE 32");
        execute("REVOKE INSERT ON message_store.messages FROM patient");

        Result result = shell.run("doctor", "-U", "patient", "--condition");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("problem: The sequence messages_global_position_seq", "CACHE 1")
                .contains("GRANT INSERT ON message_store.messages TO \"patient\"")
                .contains("SET message_store.sql_condition TO 'on'");
        assertThat(shell.run("doctor", "-U", "patient", "--read-only").out())
                .contains("CACHE 1")
                .doesNotContain("INSERT", "sql_condition");
    }

    @Test
    void doctor_looks_for_streams_without_an_id_in_the_categories_of_groups() {
        shell.run("install");
        shell.run("write", "account");

        assertThat(shell.run("doctor", "-U", "message_store").exitCode()).isZero();
        Result result = shell.run("doctor", "-U", "message_store", "--group", "order", "--group", "account");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("stream 'account', which has no id").hasLineCount(1);
    }

    private void execute(String sql) throws SQLException {
        var dataSource = new PGSimpleDataSource();
        dataSource.setPortNumbers(new int[] {server.port()});
        dataSource.setDatabaseName(database);
        dataSource.setUser("postgres");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
