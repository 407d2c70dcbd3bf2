package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.schema.MessageDbSchema;
import java.net.ServerSocket;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(OutputCaptureExtension.class)
class InitializeSchemaIT {

    private static final String PROPERTY = "camel.component.messagedb.initialize-schema";

    @RegisterExtension
    static final MessageDbExtension messageDb = MessageDbExtension.create();

    private final String name = "empty_" + UUID.randomUUID().toString().replace('-', '_');
    private final PGSimpleDataSource empty = new PGSimpleDataSource();

    @Configuration
    static class Application {

        @Bean
        BlockingQueue<String> received() {
            return new LinkedBlockingQueue<>();
        }

        @Bean
        RouteBuilder routes(BlockingQueue<String> received) {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:once?repeatCount=1&delay=0")
                            .setBody(constant("{}"))
                            .to("messagedb:account-1?messageType=Opened");
                    from("messagedb:account")
                            .process(exchange ->
                                    received.add(exchange.getMessage().getBody(String.class)));
                }
            };
        }
    }

    @BeforeEach
    void createEmptyDatabase() {
        DataSource owner = messageDb.database().ownerDataSource();
        new JdbcTemplate(owner).execute("CREATE DATABASE " + name);
        empty.setUrl(((PGSimpleDataSource) owner).getUrl());
        empty.setUser("postgres");
        empty.setDatabaseName(name);
    }

    private ConfigurableApplicationContext run(String... properties) {
        return Boot.run(
                Application.class,
                Boot.with(
                        Boot.with(properties, "spring.datasource.url=" + empty.getUrl()),
                        "spring.datasource.username=postgres"));
    }

    @Test
    void always_installs_it_before_a_route_needs_it() throws InterruptedException {
        try (ConfigurableApplicationContext context = run(PROPERTY + "=always")) {
            assertThat(context.getBean(BlockingQueue.class).poll(20, TimeUnit.SECONDS))
                    .isEqualTo("{}");
        }
    }

    @Test
    void always_leaves_what_is_there(CapturedOutput output) {
        MessageDbSchema.on(empty).install();

        run(PROPERTY + "=always").close();

        assertThat(output).doesNotContain("Message DB was installed");
    }

    @ParameterizedTest
    @ValueSource(strings = {PROPERTY + "=never", PROPERTY + "=embedded", "said=nothing"})
    void else_an_application_does_not_start_without_it_and_says_what_to_set(String property, CapturedOutput output) {
        assertThatThrownBy(() -> run(property))
                .rootCause()
                .isInstanceOf(MessageDbMissingException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(PROPERTY + "=always");

        assertThat(MessageDbSchema.on(empty).version()).isEmpty();
        assertThat(output).contains("APPLICATION FAILED TO START").contains("Set " + PROPERTY + "=always");
    }

    @Test
    void a_database_that_is_away_is_waited_for() throws Exception {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        empty.setPortNumbers(new int[] {unused});

        try (ConfigurableApplicationContext context = run("spring.datasource.hikari.connection-timeout=250")) {
            assertThat(context.getBean(CamelContext.class).isStarted()).isTrue();
        }
    }
}
