package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.StreamName;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.spi.annotations.Component;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One endpoint for all the streams of a category. */
class SendDynamicIT extends ComponentTest {

    private final AtomicInteger producers = new AtomicInteger();

    /** Counts the producers. */
    @Component("messagedb")
    private final class CountingComponent extends MessageDbComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
                throws Exception {
            MessageDbEndpoint endpoint =
                    new MessageDbEndpoint(
                            uri,
                            this,
                            StreamName.of(remaining),
                            getConfiguration().copy()) {
                        @Override
                        public Producer createProducer() {
                            producers.incrementAndGet();
                            return super.createProducer();
                        }
                    };
            setProperties(endpoint, parameters);
            return endpoint;
        }
    }

    @BeforeEach
    void startRoute() throws Exception {
        context.addComponent("messagedb", new CountingComponent());
        start(routes -> {
            routes.from("direct:deposit").toD("messagedb:" + category + "-${header.id}?messageType=Deposited");
            routes.from("direct:anywhere").toD("messagedb:${header.name}?messageType=Deposited");
        });
    }

    private List<String> endpoints() {
        return context.getEndpoints().stream()
                .map(Endpoint::getEndpointUri)
                .filter(uri -> uri.startsWith("messagedb"))
                .toList();
    }

    private List<String> writtenTo() {
        return categoryMessages(category).stream()
                .map(message -> message.stream().value())
                .toList();
    }

    @Test
    void ten_thousand_accounts_make_one_endpoint_and_one_producer() {
        IntStream.range(0, 10_000).parallel().forEach(i -> template.sendBodyAndHeader("direct:deposit", "{}", "id", i));

        assertThat(database.number(
                        "SELECT count(DISTINCT stream_name) FROM message_store.messages"
                                + " WHERE message_store.category(stream_name) = ?",
                        category))
                .isEqualTo(10_000);
        assertThat(endpoints()).containsExactly("messagedb://" + category + "?messageType=Deposited");
        assertThat(producers).hasValue(1);
    }

    @Test
    void leaves_no_header_behind() {
        Exchange exchange = sent("direct:deposit", "{}", "id", 7);

        assertThat(exchange.getMessage().getHeaders())
                .containsOnlyKeys("id", "CamelMessageDbWrittenPosition", "CamelMessageDbWrittenId");
    }

    @Test
    void leaves_no_header_behind_after_a_failure() {
        Exchange exchange = send("direct:deposit", "{", "id", 7);

        assertThat(exchange.getException()).hasMessageContaining("not valid JSON");
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("id");
    }

    @Test
    void a_header_goes_before_the_name_in_the_uri() {
        sent("direct:deposit", "{}", "id", 7, "CamelMessageDbOverrideStreamName", category + "-8");

        assertThat(writtenTo()).containsExactly(category + "-8");
    }

    @Test
    void a_header_stays_after_a_failure() {
        Exchange exchange = send("direct:deposit", "{", "id", 7, "CamelMessageDbOverrideStreamName", category + "-8");

        assertThat(exchange.getMessage().getHeader("CamelMessageDbOverrideStreamName"))
                .isEqualTo(category + "-8");
    }

    @Test
    void a_category_is_a_name_too() {
        sent("direct:anywhere", "{}", "name", category);

        assertThat(writtenTo()).containsExactly(category);
    }

    @Test
    void reads_through_one_endpoint_too() throws Exception {
        addRoutes(routes ->
                routes.from("direct:version").toD("messagedb:" + category + "-${header.id}?operation=streamVersion"));
        writeNumbers(category + "-1", 0, 3);

        assertThat(sent("direct:version", null, "id", 1).getMessage().getBody()).isEqualTo(3L);
        assertThat(sent("direct:version", null, "id", 2).getMessage().getBody()).isNull();
        assertThat(endpoints()).containsExactly("messagedb://" + category + "?operation=streamVersion");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ä b", "1+2", "a-b", "100%", "#1", "\"x\"", "a@b@c", "x/y"})
    void ids_with_odd_characters_share_the_endpoint(String id) {
        sent("direct:deposit", "{}", "id", id);
        sent("direct:deposit", "{}", "id", UUID.randomUUID());

        assertThat(writtenTo()).contains(category + "-" + id);
        assertThat(endpoints()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1?condition=true",
                "1?c%6Fndition=true",
                "1?c%256Fndition=true",
                "1?Condition=true",
                "1?configuration.condition=true",
                "1?operation=readStream&condition=RAW(true)"
            })
    void what_a_message_brings_never_becomes_a_condition(String id) throws Exception {
        addRoutes(routes -> routes.from("direct:evil").toD("messagedb:" + category + "-${header.id}"));

        Exchange exchange = send("direct:evil", "{}", "id", id);

        assertThat(exchange.getException()).isNotNull();
        assertThat(endpoints()).isEmpty();
    }
}
