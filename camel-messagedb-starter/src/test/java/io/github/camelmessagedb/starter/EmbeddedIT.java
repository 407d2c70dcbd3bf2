package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The embedded database as the whole application's, as H2 would be. */
@ExtendWith(OutputCaptureExtension.class)
class EmbeddedIT {

    private static final String ANNOUNCED = "using an embedded database";

    @RegisterExtension
    static final MessageDbExtension messageDb = MessageDbExtension.create();

    @Configuration
    static class Application {
        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:write").to("messagedb:account-1?messageType=Opened");
                    from("messagedb:account").to("log:account?level=OFF");
                    from("messagedb:order").to("log:order?level=OFF");
                }
            };
        }
    }

    @Configuration
    static class OwnServer {
        @Bean
        EmbeddedMessageDb server() {
            return EmbeddedMessageDb.builder().serverSetting("work_mem", "5MB").start();
        }
    }

    private static String count(ConfigurableApplicationContext context) {
        context.getBean(ProducerTemplate.class).sendBody("direct:write", "{}");
        return context.getBean(JdbcTemplate.class)
                .queryForObject("SELECT count(*) FROM message_store.messages WHERE type = 'Opened'", String.class);
    }

    @Test
    void it_is_used_where_nothing_is_configured_and_says_so_once(CapturedOutput output) {
        try (ConfigurableApplicationContext context = Boot.run(Application.class)) {
            assertThat(count(context)).isEqualTo("1");
            context.getBean(JdbcTemplate.class).execute("CREATE TABLE orders (id int)");
        }

        assertThat(output.toString().split(ANNOUNCED, -1)).hasSize(2);
    }

    @Test
    void it_ends_with_the_application_and_after_its_routes(CapturedOutput output) {
        int port;
        try (ConfigurableApplicationContext context = Boot.run(Application.class)) {
            port = context.getBean(EmbeddedMessageDb.class).port();
        }

        assertThat(output.toString())
                .containsSubsequence("Routes stopped", "PostgreSQL for development on port " + port + " stopped");
    }

    @Test
    void the_application_s_own_server_is_taken(CapturedOutput output) {
        try (ConfigurableApplicationContext context = Boot.run(new Class<?>[] {Application.class, OwnServer.class})) {
            assertThat(count(context)).isEqualTo("1");
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("SHOW work_mem", String.class))
                    .isEqualTo("5MB");
        }

        assertThat(output).doesNotContain(ANNOUNCED);
    }

    @Test
    void it_does_not_run_where_a_data_source_is_configured() {
        try (ConfigurableApplicationContext context =
                Boot.run(Application.class, "spring.datasource.url=" + messageDb.jdbcUrl())) {
            assertThat(context.getBeanNamesForType(EmbeddedMessageDb.class)).isEmpty();
            count(context);
        }
    }
}
