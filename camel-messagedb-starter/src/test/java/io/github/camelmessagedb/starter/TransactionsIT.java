package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.component.MessageDbConstants;
import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
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
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Transactional;

/** What a route writes to Message DB is in one transaction with what is written to tables of the same data source. */
@SpringBootTest
@DirtiesContext
class TransactionsIT {

    @RegisterExtension
    static final MessageDbExtension messageDb = MessageDbExtension.create();

    @DynamicPropertySource
    static void whereTheDatabaseIs(DynamicPropertyRegistry properties) throws SQLException {
        try (Connection connection = messageDb.database().ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE public.orders (id text); GRANT ALL ON public.orders TO message_store");
        }
        properties.add("spring.datasource.url", messageDb::jdbcUrl);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Orders orders(JdbcTemplate jdbc, ProducerTemplate template) {
            return new Orders(jdbc, template);
        }

        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:write").toD("messagedb:order-${header.id}?messageType=Placed");
                    from("direct:place")
                            .transacted()
                            .to("sql:INSERT INTO public.orders VALUES (:#id)")
                            .toD("messagedb:order-${header.id}?messageType=Placed")
                            .filter(header("fails"))
                            .throwException(new IllegalStateException("on purpose"));
                    AtomicInteger attempts = new AtomicInteger();
                    from("messagedb:request?retryDelay=5")
                            .transacted()
                            .process(exchange -> exchange.getMessage().setHeader("id", idOf(exchange)))
                            .to("sql:INSERT INTO public.orders VALUES (:#id)")
                            .toD("messagedb:order-${header.id}?messageType=Placed")
                            .filter(exchange -> attempts.incrementAndGet() < 3)
                            .throwException(new IllegalStateException("on purpose"));
                }
            };
        }

        private static String idOf(Exchange exchange) {
            return exchange.getMessage()
                    .getHeader(MessageDbConstants.STREAM_NAME, String.class)
                    .substring("request-".length());
        }
    }

    static class Orders {

        private final JdbcTemplate jdbc;
        private final ProducerTemplate template;

        Orders(JdbcTemplate jdbc, ProducerTemplate template) {
            this.jdbc = jdbc;
            this.template = template;
        }

        @Transactional
        public void place(String id, boolean fails) {
            jdbc.update("INSERT INTO public.orders VALUES (?)", id);
            template.sendBodyAndHeader("direct:write", "{}", "id", id);
            if (fails) {
                throw new IllegalStateException("on purpose");
            }
        }
    }

    private final String id = UUID.randomUUID().toString();

    @Autowired
    private Orders orders;

    @Autowired
    private ProducerTemplate template;

    private int rows() {
        return new JdbcTemplate(messageDb.dataSource())
                .queryForObject("SELECT count(*) FROM public.orders WHERE id = ?", Integer.class, id);
    }

    private OptionalLong version() {
        return new MessageStore(messageDb.dataSource()).reader().streamVersion(StreamName.of("order-" + id));
    }

    @Test
    void a_transactional_method_commits_row_and_message() {
        orders.place(id, false);

        assertThat(rows()).isEqualTo(1);
        assertThat(version()).hasValue(0);
    }

    @Test
    void a_transactional_method_rolls_both_back() {
        assertThatThrownBy(() -> orders.place(id, true)).hasMessage("on purpose");

        assertThat(rows()).isZero();
        assertThat(version()).isEmpty();
    }

    @Test
    void a_transacted_route_commits_row_and_message() {
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

    /** At least once, and what the attempts that failed had written is gone. */
    @Test
    void a_consumer_s_transacted_route_writes_once_however_often_it_is_tried() {
        template.sendBody("messagedb:request-" + id + "?messageType=Asked", "{}");

        await().untilAsserted(() -> assertThat(version()).hasValue(0));
        assertThat(rows()).isEqualTo(1);
    }
}
