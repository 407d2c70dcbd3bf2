package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.component.MessageDbComponent;
import io.github.camelmessagedb.component.MessageDbConstants;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.StreamName;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

class MessageDbStarterIT {

    private static EmbeddedMessageDb database;

    @BeforeAll
    static void start() {
        database = EmbeddedMessageDb.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

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
                    from("direct:open").toD("messagedb:account-${header.id}?messageType=Opened");
                    from("messagedb:account?consumerId=boot")
                            .process(exchange -> received.add(
                                    exchange.getMessage().getHeader(MessageDbConstants.STREAM_NAME, String.class)));
                }
            };
        }
    }

    @Configuration
    static class OneDataSource {
        @Bean
        DataSource ledger() {
            return database.dataSource();
        }
    }

    @Configuration
    static class TwoDataSources {
        @Bean
        DataSource ledger() {
            return database.dataSource();
        }

        @Bean
        DataSource other() {
            return database.ownerDataSource();
        }
    }

    @Configuration
    static class PrimaryDataSource {
        @Bean
        DataSource other() {
            return database.ownerDataSource();
        }

        @Bean
        @Primary
        DataSource ledger() {
            return database.dataSource();
        }
    }

    @Test
    void uses_the_applications_data_source() throws InterruptedException {
        try (ConfigurableApplicationContext context = run(OneDataSource.class)) {
            assertThat(roundTrip(context, "1")).isEqualTo("account-1");
        }
        assertThat(new MessageStore(database.dataSource()).reader().streamVersion(StreamName.of("account-1")))
                .hasValue(0);
    }

    @Test
    void uses_the_embedded_database_where_there_is_no_data_source() throws InterruptedException {
        try (ConfigurableApplicationContext context = run(Object.class)) {
            assertThat(roundTrip(context, "2")).isEqualTo("account-2");
        }
        assertThat(new MessageStore(database.dataSource()).reader().streamVersion(StreamName.of("account-2")))
                .isEmpty();
    }

    @Test
    void makes_a_pool_of_its_own_for_a_jdbc_url() throws InterruptedException {
        try (ConfigurableApplicationContext context =
                run(Object.class, "camel.component.messagedb.jdbc-url=" + database.jdbcUrl())) {
            assertThat(roundTrip(context, "3")).isEqualTo("account-3");
        }
        assertThat(new MessageStore(database.dataSource()).reader().streamVersion(StreamName.of("account-3")))
                .hasValue(0);
    }

    @Test
    void names_the_data_sources_where_there_are_several() {
        assertThatThrownBy(() -> run(TwoDataSources.class))
                .rootCause()
                .hasMessageContaining("There are 2 data sources in the registry, [ledger, other]")
                .hasMessageContaining("dataSource=#bean:ledger");
    }

    @Test
    void takes_the_primary_one_of_several() {
        try (ConfigurableApplicationContext context = run(PrimaryDataSource.class)) {
            assertThat(Boot.component(context).getDataSource()).isSameAs(database.dataSource());
        }
    }

    @Test
    void takes_none_by_itself_where_autowiring_is_off() {
        try (ConfigurableApplicationContext context =
                run(Object.class, "camel.component.messagedb.autowired-enabled=false")) {
            assertThat(Boot.component(context).getDataSource()).isNull();
        }
    }

    @Test
    void refuses_a_data_source_that_is_missing() {
        assertThatThrownBy(() -> run(TwoDataSources.class, "camel.component.messagedb.data-source=#bean:missing"))
                .hasStackTraceContaining("missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#bean:ledger", "#ledger", "ledger"})
    void takes_the_data_source_that_is_named(String name) throws InterruptedException {
        try (ConfigurableApplicationContext context =
                run(TwoDataSources.class, "camel.component.messagedb.data-source=" + name)) {
            assertThat(roundTrip(context, "4")).isEqualTo("account-4");
            assertThat(Boot.component(context).getDataSource()).isSameAs(database.dataSource());
        }
    }

    @Test
    void binds_the_options() {
        try (ConfigurableApplicationContext context = run(
                OneDataSource.class,
                "camel.component.messagedb.poll-interval=250ms",
                "camel.component.messagedb.max-retry-delay=PT2M",
                "camel.component.messagedb.batch-size=17",
                "camel.component.messagedb.operation=readStream",
                "camel.component.messagedb.follow=false",
                "camel.component.messagedb.bridge-error-handler=true")) {
            MessageDbComponent component = Boot.component(context);

            assertThat(component.isBridgeErrorHandler()).isTrue();
            assertThat(component.getConfiguration())
                    .satisfies(it -> assertThat(it.getPollInterval())
                            .isEqualTo(Duration.ofMillis(250).toMillis()))
                    .satisfies(it -> assertThat(it.getMaxRetryDelay())
                            .isEqualTo(Duration.ofMinutes(2).toMillis()))
                    .satisfies(it -> assertThat(it.getBatchSize()).isEqualTo(17))
                    .satisfies(it -> assertThat(it.getOperation()).hasToString("readStream"))
                    .satisfies(it -> assertThat(it.isFollow()).isFalse());
        }
    }

    private static ConfigurableApplicationContext run(Class<?> configuration, String... properties) {
        return Boot.run(new Class<?>[] {Application.class, configuration}, Boot.with(properties, Boot.STARTER_ALONE));
    }

    @SuppressWarnings("unchecked")
    private static String roundTrip(ConfigurableApplicationContext context, String id) throws InterruptedException {
        context.getBean(ProducerTemplate.class).sendBodyAndHeader("direct:open", "{}", "id", id);
        BlockingQueue<String> received = context.getBean(BlockingQueue.class);
        String stream = received.poll(20, TimeUnit.SECONDS);
        while (stream != null && !stream.equals("account-" + id)) {
            stream = received.poll(20, TimeUnit.SECONDS);
        }
        return stream;
    }
}
