package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.component.MessageDbComponent;
import io.github.camelmessagedb.component.MessageDbHeaderFilterStrategy;
import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.ConnectionStrategy;
import javax.sql.DataSource;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the application has of its own goes before what the starter would make. */
class BeansOfTheApplicationIT {

    @RegisterExtension
    static final MessageDbExtension messageDb = MessageDbExtension.create();

    private static final DataSource GIVEN = new PGSimpleDataSource();

    @Configuration
    static class OwnComponent {
        @Bean
        MessageDbComponent messagedb() {
            MessageDbComponent component = new MessageDbComponent();
            component.setDataSource(GIVEN);
            component.getConfiguration().setBatchSize(7);
            return component;
        }
    }

    @Configuration
    static class OwnConnectionStrategy {
        @Bean
        ConnectionStrategy connections() {
            return new ConnectionStrategy() {};
        }
    }

    @Configuration
    static class OwnHeaderFilters {
        @Bean
        HeaderFilterStrategy ours() {
            return new MessageDbHeaderFilterStrategy();
        }

        @Bean
        HeaderFilterStrategy ofAnotherComponent() {
            return new MessageDbHeaderFilterStrategy();
        }
    }

    private static ConfigurableApplicationContext run(Class<?> configuration, String... properties) {
        return Boot.run(configuration, Boot.with(properties, "spring.datasource.url=" + messageDb.jdbcUrl()));
    }

    @Test
    void a_component_keeps_what_was_set() {
        try (ConfigurableApplicationContext context = run(OwnComponent.class)) {
            assertThat(Boot.component(context))
                    .isSameAs(context.getBean(MessageDbComponent.class))
                    .satisfies(it -> assertThat(it.getDataSource()).isSameAs(GIVEN))
                    .satisfies(it ->
                            assertThat(it.getConfiguration().getBatchSize()).isEqualTo(7));
        }
    }

    @Test
    void a_connection_strategy_is_used() {
        try (ConfigurableApplicationContext context = run(OwnConnectionStrategy.class)) {
            assertThat(context.getBeansOfType(ConnectionStrategy.class)).containsOnlyKeys("connections");
            assertThat(Boot.component(context).getConnectionStrategy())
                    .isSameAs(context.getBean(ConnectionStrategy.class));
        }
    }

    /** By its name alone: other components have such, too. */
    @Test
    void a_header_filter_strategy_is_used_that_is_named() {
        try (ConfigurableApplicationContext context =
                run(OwnHeaderFilters.class, "camel.component.messagedb.header-filter-strategy=#bean:ours")) {
            assertThat(Boot.component(context).getHeaderFilterStrategy()).isSameAs(context.getBean("ours"));
        }
    }
}
