package io.github.camelmessagedb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.cli.Shell.Result;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCommandsIT {

    private static EmbeddedMessageDb server;

    private final Shell shell = new Shell(server.port());

    @BeforeAll
    static void start() {
        server = EmbeddedMessageDb.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void begin_anew() {
        assertThat(shell.run("clear", "--yes").exitCode()).isZero();
        shell.run("write", "account-1", "--type", "Opened", "--data", "{\"n\": 1}", "--metadata", "{\"m\": true}");
        shell.run("write", "account-1", "--type", "Deposited", "--data", "[]");
        shell.run("write", "account-2", "--type", "Opened");
        shell.run("write", "日本-1", "--type", "Größe");
    }

    @Test
    void messages_are_listed_in_order_with_all_that_they_have() {
        String out = shell.run("messages").out();

        assertThat(out.lines())
                .startsWith(
                        "account-1, position 0, global position 1",
                        "  type      Opened",
                        "  data      {\"n\": 1}",
                        "  metadata  {\"m\": true}");
        assertThat(headings(out))
                .containsExactly(
                        "account-1, position 0, global position 1",
                        "account-1, position 1, global position 2",
                        "account-2, position 0, global position 3",
                        "日本-1, position 0, global position 4");
    }

    @Test
    void a_stream_or_a_category_is_listed_from_a_position_on() {
        assertThat(headings(shell.run("messages", "account-1").out())).hasSize(2);
        assertThat(headings(shell.run("messages", "account-1", "--from", "1").out()))
                .containsExactly("account-1, position 1, global position 2");
        assertThat(headings(shell.run("messages", "account").out())).hasSize(3);
        assertThat(headings(shell.run("messages", "account", "--from", "3").out()))
                .containsExactly("account-2, position 0, global position 3");
    }

    @Test
    void a_limit_is_kept_and_where_to_go_on_is_said() {
        Result result = shell.run("messages", "--limit", "2");

        assertThat(headings(result.out())).hasSize(2);
        assertThat(result.err().strip()).isEqualTo("There may be more: --from 3");
        assertThat(headings(shell.run("messages", "--from", "3").out())).hasSize(2);
    }

    @Test
    void more_messages_than_a_page_has_are_all_listed() {
        shell.run("write", "many-1", "--instances", "1500");

        Result result = shell.run("messages", "many", "--limit", "-1", "--json");

        assertThat(result.out().lines()).hasSize(1500);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void as_json_a_message_is_an_object_in_a_line() {
        assertThat(shell.run("messages", "account-1", "--json", "-n", "1").out())
                .hasLineCount(1)
                .matches("\\{\"id\":\"[0-9a-f-]{36}\",\"streamName\":\"account-1\",\"type\":\"Opened\",\"position\":0,"
                        + "\"globalPosition\":1,\"data\":\\{\"n\": 1},\"metadata\":\\{\"m\": true},"
                        + "\"time\":\"[0-9T:.-]+Z\"}\\R");
    }

    @Test
    void a_test_message_goes_to_a_new_stream() {
        Result result = shell.run("write");

        assertThat(result.out()).matches("Wrote [0-9a-f-]{36} to testStream-[0-9a-f-]{36} at position 0\\R");
        assertThat(shell.run("messages", "testStream").out())
                .contains("SomeType", "{\"attribute\": \"some value\"}", "{\"metaAttribute\": \"some meta value\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n\n", "no\n", "what\n"})
    void clearing_is_asked_for_and_no_answer_is_a_no(String answer) {
        Result result = shell.typing(answer).run("clear");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("for good? [y/N]").contains("Nothing was deleted");
        assertThat(headings(shell.run("messages").out())).hasSize(4);
    }

    @Test
    void clearing_deletes_all_when_it_is_confirmed() {
        assertThat(shell.typing("y\n").run("clear").exitCode()).isZero();

        assertThat(shell.run("messages").out()).isEmpty();
        shell.run("write", "account-1");
        assertThat(headings(shell.run("messages").out())).containsExactly("account-1, position 0, global position 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stream-summary        | '' | account-1/2/50.00 account-2/1/25.00 日本-1/1/25.00 | 4
            stream-summary        | t-1 | account-1/2/50.00 | 2
            stream-type-summary   | '' | account-1/Deposited/1/25.00 account-1/Opened/1/25.00 account-2/Opened/1/25.00 日本-1/Größe/1/25.00 | 4
            category-type-summary | '' | account/Deposited/1/25.00 account/Opened/2/50.00 日本/Größe/1/25.00 | 4
            category-type-summary | 日 | 日本/Größe/1/25.00 | 1
            category-type-summary | t-1 | '' | 0
            type-summary          | '' | Opened/2/50.00 Deposited/1/25.00 Größe/1/25.00 | 4
            type-stream-summary   | '' | Deposited/account-1/1/25.00 Größe/日本-1/1/25.00 Opened/account-1/1/25.00 Opened/account-2/1/25.00 | 4
            type-category-summary | Open | Opened/account/2/50.00 | 2
            type-category-summary | % | '' | 0
            """)
    void reports_are_tables_with_a_total(String report, String filter, String rows, int total) {
        Result result = shell.run("report", report, filter);

        List<String> lines = result.out().lines().toList();
        List<String> table = lines.subList(2, lines.size() - 2).stream()
                .map(line -> line.strip().replaceAll("\\s*\\|\\s*", "/"))
                .toList();
        assertThat(String.join(" ", table)).isEqualTo(rows);
        assertThat(lines.get(lines.size() - 1)).isEqualTo("Total count: " + total);
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            messages --from abc | Invalid value for option '--from'
            messages --limit 0 | --limit must be at least 1, or -1
            write -- -1 | it has no category
            write a-1 --data { | not valid JSON
            report nonsense | 'nonsense' is no report: stream-summary
            report | Missing required parameter
            version --url jdbc:postgresql://localhost/x?password=secret | A password does not belong into an argument
            version --url localhost | it must look like jdbc:postgresql://localhost:5432/message_store
            version --url postgresql://me:secret@localhost/x | a user before its host
            version --url jdbc:postgresql://me:secret@localhost/x | a user before its host
            version --url jdbc:postgres://localhost/x?password=secret | it must look like jdbc:postgresql://
            mesages | Unmatched argument
            """)
    void what_is_not_understood_ends_with_2(String arguments, String error) {
        Result result = shell.run(arguments.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("messagedb: ").contains(error).doesNotContain("secret", "\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void an_error_is_one_line_and_verbose_shows_where_it_comes_from() {
        Result result = shell.run("messages", "-d", "nowhere");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("database \"nowhere\" does not exist").hasLineCount(1);
        assertThat(shell.run("messages", "-d", "nowhere", "--verbose").err()).contains("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "messages", "install"})
    void a_host_that_does_not_exist_is_named(String command) {
        Result result = shell.run(command, "--url", "jdbc:postgresql://no-such-host.invalid/message_store");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("There is no host no-such-host.invalid")
                .hasLineCount(1);
    }

    @Test
    void options_go_before_the_url_and_the_url_before_the_environment() {
        String url = "jdbc:postgresql://localhost:" + server.port() + "/message_store?user=message_store";
        Shell elsewhere = new Shell(1).with("PGDATABASE", "nowhere");

        assertThat(elsewhere.run("version", "--url", url).out()).contains("1.3.0");
        assertThat(elsewhere.run("version", "--url", url, "-d", "postgres").err())
                .contains("There is no Message DB");
        assertThat(elsewhere.run("version", "--url", url, "-U", "somebody").err())
                .contains("role \"somebody\" does not exist");
    }

    private static List<String> headings(String out) {
        return out.lines().filter(line -> line.contains("global position")).toList();
    }
}
