package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.junit.jupiter.api.Test;

class MessageDbMessageTest {

    private static final StoredMessage STORED = new StoredMessage(
            UUID.fromString("00000000-0000-4000-8000-000000000001"),
            new StreamName("account-123"),
            "Deposited",
            3,
            17,
            "{\"amount\": 5}",
            "{\"tenant\": \"north\", \"properties\": {\"a\": 1}}",
            Instant.parse("2026-01-02T03:04:05Z"));

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final CountingFilter filter = new CountingFilter();

    /** Lets everything through, and counts what it is asked for. */
    private static final class CountingFilter extends DefaultHeaderFilterStrategy {
        private int asked;

        @Override
        public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
            asked++;
            return false;
        }
    }

    private Message consumed() {
        new MessageMapper(filter).consumed(STORED, exchange);
        return exchange.getMessage();
    }

    @Test
    void headers_are_not_made_before_somebody_asks_for_one() {
        Message message = consumed();
        assertThat(message.getBody()).isEqualTo("{\"amount\": 5}");
        assertThat(filter.asked).isZero();

        assertThat(message.getHeader("tenant")).isEqualTo("north");
        assertThat(message.getHeader(MessageDbConstants.GLOBAL_POSITION)).isEqualTo(17L);
        assertThat(filter.asked).isEqualTo(1);
    }

    @Test
    void whoever_asks_first_finds_all_headers() {
        assertThat(consumed().getHeaders()).hasSize(9).containsEntry(MessageDbConstants.STREAM_NAME, "account-123");
        assertThat(consumed().hasHeaders()).isTrue();
        assertThat(consumed().removeHeaders("Camel*")).isTrue();
        assertThat(consumed().removeHeader(MessageDbConstants.MESSAGE_TYPE)).isEqualTo("Deposited");
        assertThat(consumed().getHeader(MessageDbConstants.POSITION, String.class))
                .isEqualTo("3");
    }

    @Test
    void a_header_that_was_set_first_joins_those_of_the_message_and_wins() {
        Message message = consumed();
        message.setHeader("tenant", "south");
        assertThat(message.getHeaders()).hasSize(9).containsEntry("tenant", "south");
    }

    @Test
    void a_copy_has_what_its_original_had_by_then() {
        Message message = consumed();
        message.removeHeader("tenant");
        message.setHeader("more", 1);

        Message copy = message.copy();
        assertThat(copy.getHeader("tenant")).isNull();
        assertThat(copy.getHeaders()).hasSize(9).containsEntry("more", 1);
        assertThat(((MessageDbMessage) copy).getStored()).isSameAs(STORED);
    }

    @Test
    void a_copy_of_one_whose_headers_were_all_removed_has_none() {
        Message message = consumed();
        message.removeHeaders("*");
        assertThat(message.copy().getHeaders()).isEmpty();
        assertThat(exchange.copy().getMessage().getHeaders()).isEmpty();
    }

    @Test
    void a_copy_of_one_that_nobody_asked_has_all() {
        assertThat(consumed().copy().getHeaders()).hasSize(9);
    }

    @Test
    void messages_of_a_list_have_headers_of_their_own_and_leave_the_exchange_alone() {
        List<Message> messages = new MessageMapper(filter).messages(List.of(STORED), exchange);
        assertThat(filter.asked).isZero();
        assertThat(messages.get(0).getHeaders()).hasSize(9).containsEntry("tenant", "north");
        assertThat(exchange.getProperties()).isEmpty();
    }
}
