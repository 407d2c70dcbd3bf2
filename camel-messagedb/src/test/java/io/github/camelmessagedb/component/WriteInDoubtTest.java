package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StreamName;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written again when Camel redelivers an exchange whose write had an unknown outcome. */
class WriteInDoubtTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final MessageMapper mapper = new MessageMapper(new MessageDbHeaderFilterStrategy());
    private Exchange exchange;
    private WriteRequests requests;

    @BeforeEach
    void open() {
        exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("{\"amount\": 1}");
        requests = requests();
    }

    @AfterEach
    void close() {
        context.stop();
    }

    private WriteRequests requests() {
        MessageDbConfiguration configuration = new MessageDbConfiguration();
        configuration.setMessageType("Deposited");
        return new WriteRequests(StreamName.of("account-1"), configuration, mapper, new JsonBody(context), null);
    }

    private static List<UUID> ids(WriteRequest request) {
        return request.messages().stream().map(NewMessage::id).toList();
    }

    @Test
    void a_redelivery_writes_the_same_ids() {
        WriteRequest first = requests.of(exchange);
        requests.rememberInDoubt(exchange, first);
        exchange.getMessage().setHeader(Exchange.REDELIVERED, true);

        assertThat(ids(requests.of(exchange))).isEqualTo(ids(first));
    }

    @Test
    void a_redelivered_batch_writes_the_same_ids() {
        exchange.getMessage().setBody(List.of("1", "2"));
        WriteRequest first = requests.of(exchange);
        requests.rememberInDoubt(exchange, first);
        exchange.getMessage().setHeader(Exchange.REDELIVERED, true);

        assertThat(ids(requests.of(exchange))).isEqualTo(ids(first)).doesNotHaveDuplicates();
    }

    @Test
    void a_redelivery_after_a_failure_without_doubt_writes_other_ids() {
        WriteRequest first = requests.of(exchange);
        exchange.getMessage().setHeader(Exchange.REDELIVERED, true);

        assertThat(ids(requests.of(exchange))).doesNotContainAnyElementsOf(ids(first));
    }

    @Test
    void another_message_of_the_same_exchange_gets_an_id_of_its_own() {
        WriteRequest first = requests.of(exchange);
        requests.rememberInDoubt(exchange, first);

        assertThat(ids(requests.of(exchange))).doesNotContainAnyElementsOf(ids(first));
        exchange.getMessage().setHeader(Exchange.REDELIVERED, true);
        exchange.getMessage().setBody("{\"amount\": 2}");
        assertThat(ids(requests.of(exchange))).doesNotContainAnyElementsOf(ids(first));
    }

    @Test
    void another_endpoint_s_redelivery_gets_an_id_of_its_own() {
        WriteRequest first = requests.of(exchange);
        requests.rememberInDoubt(exchange, first);
        exchange.getMessage().setHeader(Exchange.REDELIVERED, true);

        assertThat(ids(requests().of(exchange))).doesNotContainAnyElementsOf(ids(first));
    }
}
