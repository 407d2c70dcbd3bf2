package io.github.camelmessagedb.starter.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.StreamName;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** What a route writes to Message DB is in the transaction of JPA, with the entities. */
@SpringBootTest
@DirtiesContext
class JpaTransactionsIT {

    @RegisterExtension
    static final MessageDbExtension messageDb = MessageDbExtension.create();

    @DynamicPropertySource
    static void whereTheDatabaseIs(DynamicPropertyRegistry properties) throws SQLException {
        try (Connection connection = messageDb.database().ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE public.purchase (id varchar PRIMARY KEY);"
                    + " GRANT ALL ON public.purchase TO message_store");
        }
        properties.add("spring.datasource.url", messageDb::jdbcUrl);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Purchases purchases(EntityManager entities, ProducerTemplate template) {
            return new Purchases(entities, template);
        }

        @Bean
        RouteBuilder routes(Purchases purchases) {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:write").toD("messagedb:order-${header.id}?messageType=Placed");
                    from("direct:place")
                            .transacted()
                            .process(exchange ->
                                    purchases.persist(exchange.getMessage().getHeader("id", String.class)))
                            .toD("messagedb:order-${header.id}?messageType=Placed")
                            .filter(header("fails"))
                            .throwException(new IllegalStateException("on purpose"));
                }
            };
        }
    }

    static class Purchases {

        private final EntityManager entities;
        private final ProducerTemplate template;

        Purchases(EntityManager entities, ProducerTemplate template) {
            this.entities = entities;
            this.template = template;
        }

        void persist(String id) {
            entities.persist(new Purchase(id));
        }

        @Transactional
        public void place(String id, boolean fails) {
            persist(id);
            template.sendBodyAndHeader("direct:write", "{}", "id", id);
            if (fails) {
                throw new IllegalStateException("on purpose");
            }
        }
    }

    private final String id = UUID.randomUUID().toString();

    @Autowired
    private Purchases purchases;

    @Autowired
    private ProducerTemplate template;

    @Autowired
    private PlatformTransactionManager transactions;

    private int rows() {
        return new JdbcTemplate(messageDb.dataSource())
                .queryForObject("SELECT count(*) FROM public.purchase WHERE id = ?", Integer.class, id);
    }

    private OptionalLong version() {
        return new MessageStore(messageDb.dataSource()).reader().streamVersion(StreamName.of("order-" + id));
    }

    @Test
    void the_transactions_are_those_of_jpa() {
        assertThat(transactions).isInstanceOf(JpaTransactionManager.class);
    }

    @Test
    void a_transactional_method_commits_entity_and_message() {
        purchases.place(id, false);

        assertThat(rows()).isEqualTo(1);
        assertThat(version()).hasValue(0);
    }

    @Test
    void a_transactional_method_rolls_both_back() {
        assertThatThrownBy(() -> purchases.place(id, true)).hasMessage("on purpose");

        assertThat(rows()).isZero();
        assertThat(version()).isEmpty();
    }

    @Test
    void a_transacted_route_commits_entity_and_message() {
        template.sendBodyAndHeader("direct:place", "{}", "id", id);

        assertThat(rows()).isEqualTo(1);
        assertThat(version()).hasValue(0);
    }

    @Test
    void a_transacted_route_rolls_both_back() {
        assertThatThrownBy(() -> template.sendBodyAndHeaders("direct:place", "{}", Map.of("id", id, "fails", true)))
                .hasStackTraceContaining("on purpose");

        assertThat(rows()).isZero();
        assertThat(version()).isEmpty();
    }
}
