package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What somebody gets wrong about the database who is new to this: the first line of the producer's exception, and what
 * health says of a consumer, has what is wrong and what to set.
 */
@Timeout(120)
class NewcomerConnectionIT extends ComponentTest {

    @BeforeEach
    void emptyRegistry() {
        context.getRegistry().unbind("pool");
    }

    private MessageDbComponent component() {
        return context.getComponent("messagedb", MessageDbComponent.class);
    }

    private void connect(String url, String user, String password) {
        component().setJdbcUrl(url);
        component().setUsername(user);
        component().setPassword(password);
    }

    private String answer() {
        return answer("");
    }

    /** Without what Camel says before it. */
    private String answer(String more) {
        Throwable answer = catchThrowable(() -> {
            throw send("messagedb:" + category + "-1?messageType=A" + more, "{}")
                    .getException();
        });
        return String.valueOf((answer instanceof CamelExecutionException ? answer.getCause() : answer).getMessage());
    }

    private void assertBothSay(String... words) throws Exception {
        start(routes -> routes.from("messagedb:" + category).routeId("consumer").to("log:x?level=OFF"));

        assertThat(answer()).contains(words);
        eventually().untilAsserted(() -> {
            HealthCheck.Result health = OwnershipIT.health(context);
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getMessage().orElse("")).contains(words);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://no-such-host.invalid/message_store | There is no host no-such-host.invalid | Check host and port in the JDBC URL
            jdbc:postgresql://localhost:1/message_store          | Connection to localhost:1 refused | Check host and port in the JDBC URL
            {url}x                                               | does not exist | Check the database's name in the JDBC URL
            """)
    void a_url_that_leads_nowhere(String url, String wrong, String remedy) throws Exception {
        connect(
                url.replace("{url}", database.jdbcUrl()),
                "message_store",
                database.dataSource().getPassword());

        assertBothSay(wrong, remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgres://localhost/message_store",
        "postgresql://localhost/message_store",
        "localhost:5432/message_store"
    })
    void a_url_that_is_none(String url) {
        connect(url, "message_store", "x");
        context.start();

        assertThat(answer())
                .contains("Bad jdbcUrl " + url, "it must look like jdbc:postgresql://localhost:5432/message_store");
    }

    @Test
    void a_role_that_does_not_exist() throws Exception {
        connect(database.jdbcUrl(), "nobody", database.dataSource().getPassword());

        assertBothSay("\"nobody\"", "Check user name and password, that the role may LOG IN");
    }

    @Test
    void a_wrong_password() throws Exception {
        try (EmbeddedMessageDb server = EmbeddedMessageDb.start()) {
            Path hba = server.dataDirectory().resolve("data").resolve("pg_hba.conf");
            Files.writeString(hba, "host all message_store all scram-sha-256\n" + Files.readString(hba));
            run(server, "ALTER ROLE message_store PASSWORD 'right'");
            run(server, "SELECT pg_reload_conf()");
            connect(server.jdbcUrl(), "message_store", "wrong");

            assertBothSay("password authentication failed for user \"message_store\"", "Check user name and password");
            context.stop();
        }
    }

    private static void run(EmbeddedMessageDb server, String sql) throws Exception {
        try (var connection = server.ownerDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_database_without_message_db() throws Exception {
        try (TestDatabase none = TestDatabase.create(TestSchema.NONE)) {
            context.getRegistry().bind("pool", none.pool(5));

            assertBothSay("Message DB is not installed in this database", "or install it");
            context.stop();
        }
    }

    @Test
    void a_role_without_privileges() throws Exception {
        database.execute("CREATE ROLE newcomer LOGIN");
        try {
            connect(database.jdbcUrl(), "newcomer", database.dataSource().getPassword());

            assertBothSay("permission denied for schema message_store", "Connect as the role message_store, or grant");
            context.stop();
        } finally {
            database.execute("DROP ROLE newcomer");
        }
    }

    @Test
    void a_data_source_and_a_url() {
        component().setDataSource(pool);
        component().setJdbcUrl(database.jdbcUrl());
        context.start();

        assertThat(answer()).contains("both a dataSource and a jdbcUrl", "set one of them");
    }

    @Test
    void a_user_name_without_a_url() {
        component().setUsername("message_store");
        context.start();

        assertThat(answer()).contains("no jdbcUrl to use them with", "jdbc:postgresql://localhost:5432/message_store");
    }

    @Test
    void several_data_sources() {
        List.of("orders", "ledger").forEach(name -> context.getRegistry().bind(name, new PGSimpleDataSource()));
        context.start();

        assertThat(answer()).contains("2 data sources in the registry, [ledger, orders]", "dataSource=#bean:ledger");
    }

    @Test
    void a_data_source_of_another_name() {
        context.getRegistry().bind("ledger", pool);
        context.start();

        assertThat(answer("&dataSource=#bean:leger"))
                .contains("there is no bean 'leger'", "Its data sources are [ledger]", "dataSource=#bean:ledger");
    }
}
