package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.testing.TestDatabase;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which database a component uses. */
class DataSourceIT extends ComponentTest {

    private static final String PASSWORD = "s3cret-Pa55";

    private String uri = "";

    @BeforeEach
    void emptyRegistry() {
        context.getRegistry().unbind("pool");
        uri = "messagedb:" + category + "-1?messageType=A";
    }

    private MessageDbComponent component() {
        return context.getComponent("messagedb", MessageDbComponent.class);
    }

    private void bind(String name, DataSource dataSource) {
        context.getRegistry().bind(name, dataSource);
    }

    private void startAndSend() {
        context.start();
        send(uri, "{}");
    }

    private long written() {
        return categoryMessages(category).size();
    }

    @Test
    void the_one_in_the_registry() {
        bind("anything", pool);
        context.start();

        sent(uri, "{}");

        assertThat(written()).isEqualTo(1);
    }

    @Test
    void the_component_s_option_before_the_registry() {
        bind("wrong", database.dataSource("nobody"));
        bind("wrong too", database.dataSource("nobody"));
        component().setDataSource(pool);
        context.start();

        sent(uri, "{}");

        assertThat(written()).isEqualTo(1);
    }

    @Test
    void the_endpoint_s_option_before_the_component_s() {
        component().setDataSource(database.dataSource("nobody"));
        bind("right", pool);
        context.start();

        sent(uri + "&dataSource=#bean:right", "{}");

        assertThat(written()).isEqualTo(1);
    }

    @Test
    void another_database_by_another_endpoint() throws Exception {
        try (TestDatabase other = TestDatabase.create()) {
            bind("here", pool);
            bind("there", other.dataSource());
            addRoutes(routes -> routes.from("messagedb:" + category + "?dataSource=#here")
                    .to(uri.replace("-1", "-2") + "&dataSource=#there"));
            context.start();

            write(category + "-1", "A", "{}");

            eventually().until(() -> other.messageCount() == 1);
            context.stop();
            assertThat(written()).isEqualTo(1);
        }
    }

    @Test
    void a_pool_of_its_own_that_ends_with_the_context() throws Exception {
        component().setJdbcUrl(database.jdbcUrl() + "?ApplicationName=own-" + category);
        component().setUsername("message_store");
        component().setPassword(database.dataSource().getPassword());
        addRoutes(routes -> routes.from("messagedb:" + category).to("log:x?level=OFF"));
        context.start();

        sent(uri, "{}");
        context.stop();

        assertThat(written()).isEqualTo(1);
        eventually()
                .until(() -> database.number(
                                "SELECT count(*) FROM pg_stat_activity WHERE application_name IN ('camel-messagedb', ?)",
                                "own-" + category)
                        == 0);
        eventually()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("camel-messagedb")));
    }

    @Test
    void the_user_s_own_pool_is_not_closed_with_the_context() {
        bind("mine", pool);
        context.start();
        sent(uri, "{}");

        context.stop();

        assertThat(pool.isClosed()).isFalse();
    }

    @Test
    void both_data_source_and_url_are_refused() {
        component().setDataSource(pool);
        component().setJdbcUrl(database.jdbcUrl());

        assertThatThrownBy(this::startAndSend).hasStackTraceContaining("both a dataSource and a jdbcUrl");
    }

    @Test
    void several_in_the_registry_are_refused_by_name() {
        bind("ledger", pool);
        bind("archive", database.dataSource());

        assertThatThrownBy(this::startAndSend)
                .hasStackTraceContaining("[archive, ledger]")
                .hasStackTraceContaining("dataSource=#bean:archive");
    }

    @Test
    void one_under_two_names_is_one() {
        bind("ledger", pool);
        bind("alias", pool);
        context.start();

        sent(uri, "{}");

        assertThat(written()).isEqualTo(1);
    }

    @Test
    void a_user_name_without_a_url_is_refused() {
        component().setUsername("message_store");

        assertThatThrownBy(this::startAndSend).hasStackTraceContaining("but no jdbcUrl");
    }

    @Test
    void a_bean_that_is_missing_is_refused_and_nothing_else_is_used() {
        bind("other", pool);

        uri += "&dataSource=#bean:missing";
        assertThatThrownBy(this::startAndSend).hasStackTraceContaining("missing");
        assertThat(written()).isZero();
    }

    @Test
    void a_bean_of_another_type_is_refused() {
        context.getRegistry().bind("text", "a text");

        uri += "&dataSource=#bean:text";
        assertThatThrownBy(this::startAndSend).hasStackTraceContaining("dataSource");
    }

    @Test
    void without_any_the_embedded_one_with_a_warning() throws Exception {
        Received received = new Received();
        try (Logs logs = Logs.of(DataSources.class)) {
            start(routes -> routes.from("messagedb:" + category).process(received));
            sent(uri, "7");
            received.awaitCount(1);

            assertThat(written()).isZero();
            assertThat(logs.all()).singleElement().asString().startsWith("WARN").contains("for development only");
        }
    }

    @Test
    void the_registry_is_not_searched_when_autowiring_is_off() {
        bind("one", database.dataSource("nobody"));
        component().setAutowiredEnabled(false);
        component().setDataSource(pool);
        context.start();

        sent(uri, "{}");

        assertThat(written()).isEqualTo(1);
    }

    @Test
    void autowiring_off_leaves_the_registry_s_alone() {
        bind("one", pool);
        context.setAutowiredEnabled(false);
        context.start();

        sent(uri, "{}");

        assertThat(written()).isZero();
    }

    @Test
    void a_url_with_a_user_before_its_host_is_refused_without_quoting_it() {
        component().setJdbcUrl("jdbc:postgresql://message_store:" + PASSWORD + "@localhost/message_store");

        assertThatThrownBy(this::startAndSend)
                .hasStackTraceContaining("give user and password by the options username and password")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(PASSWORD));
    }

    @Test
    void a_url_that_is_none_is_told_without_its_password() {
        component().setJdbcUrl("jdbc:nothing://host/db?password=" + PASSWORD);

        assertThatThrownBy(this::startAndSend)
                .hasStackTraceContaining("jdbc:nothing://host/db")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(PASSWORD));
    }

    private static String stackTrace(Throwable e) {
        java.io.StringWriter text = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void a_password_appears_nowhere() throws Exception {
        try (Logs logs = Logs.ofAll()) {
            DefaultCamelContext program = newContext();
            program.getRegistry().unbind("pool");
            MessageDbComponent component = program.getComponent("messagedb", MessageDbComponent.class);
            component.setJdbcUrl(database.jdbcUrl() + "?password=" + PASSWORD + "&user=nobody");
            component.setUsername("nobody");
            component.setPassword(PASSWORD);
            org.apache.camel.builder.RouteBuilder.addRoutes(
                    program,
                    routes -> routes.from("messagedb:" + category + "?retryDelay=5")
                            .routeId("consumer")
                            .to("log:x?level=OFF"));
            program.start();
            eventually()
                    .until(() -> OwnershipIT.health(program)
                            .getDetails()
                            .get("state")
                            .equals("RECOVERING"));
            String health = OwnershipIT.health(program).getDetails()
                    + OwnershipIT.health(program).getMessage().orElse("")
                    + stackTrace(OwnershipIT.health(program).getError().orElseThrow());
            MessageDbEndpoint endpoint =
                    (MessageDbEndpoint) program.getEndpoint("messagedb:" + category + "?retryDelay=5");
            program.stop();

            assertThat(health).doesNotContain(PASSWORD);
            assertThat(component.toString() + endpoint + endpoint.getEndpointUri() + endpoint.getServiceUrl())
                    .doesNotContain(PASSWORD);
            assertThat(logs.all()).isNotEmpty().noneMatch(line -> line.contains(PASSWORD));
        }
    }

    @Test
    void a_payload_appears_in_no_log() throws Exception {
        bind("one", pool);
        write(io.github.camelmessagedb.store.NewMessage.of(category + "-1", "A", "{\"card\": \"4111-payload\"}")
                .withMetadata("{\"token\": \"t0ken-metadata\"}"));
        Received received = new Received();
        java.util.concurrent.atomic.AtomicInteger failures = new java.util.concurrent.atomic.AtomicInteger();
        try (Logs logs = Logs.ofAll()) {
            start(routes -> routes.from("messagedb:" + category + "?retryDelay=5&maxRetryDelay=5")
                    .process(exchange -> {
                        if (failures.incrementAndGet() < 3) {
                            throw new IllegalStateException("on purpose");
                        }
                    })
                    .process(received));
            received.awaitCount(1);
            send(uri, "{\"card\": \"4111-payload\"");
            send(uri, "{\"card\": \"4111-payload\"}", "CamelMessageDbExpectedVersion", 77);
            context.stop();

            assertThat(logs.all())
                    .filteredOn(line -> line.contains("camelmessagedb"))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("4111-payload") || line.contains("t0ken-metadata"));
        }
    }
}
