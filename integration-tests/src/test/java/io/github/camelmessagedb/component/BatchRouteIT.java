package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelmessagedb.store.DuplicateMessageException;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.VersionConflictException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedMessageAggregationStrategy;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Writing lists. */
class BatchRouteIT extends ComponentTest {

    private String stream = "";
    private String other = "";
    private String uri = "";

    @BeforeEach
    void startEmpty() {
        stream = category + "-1";
        other = category + "-2";
        uri = "messagedb:" + stream + "?messageType=Deposited";
        context.start();
    }

    private List<String> written() {
        return categoryMessages(category).stream()
                .map(message -> message.stream() + " " + message.type() + " " + message.data())
                .toList();
    }

    private Message message(Object body, Object... headers) {
        Message message = new DefaultMessage(context);
        message.setBody(body);
        for (int i = 0; i < headers.length; i += 2) {
            message.setHeader((String) headers[i], headers[i + 1]);
        }
        return message;
    }

    @Test
    void plain_elements_go_to_the_endpoint_s_stream() throws Exception {
        Exchange exchange = sent(uri, List.of("1", Map.of("data", 2), new ObjectMapper().readTree("3"), 4L));

        assertThat(written())
                .containsExactly(
                        stream + " Deposited 1",
                        stream + " Deposited 2",
                        stream + " Deposited 3",
                        stream + " Deposited 4");
        assertThat(exchange.getMessage().getHeaders())
                .containsOnly(Map.entry("CamelMessageDbWrittenPositions", List.of(0L, 1L, 2L, 3L)));
    }

    @Test
    void a_list_of_one_is_a_batch() {
        assertThat(sent(uri, List.of("1")).getMessage().getHeaders())
                .containsOnly(Map.entry("CamelMessageDbWrittenPositions", List.of(0L)));
    }

    @Test
    void an_empty_list_writes_nothing() {
        assertThat(sent(uri, List.of()).getMessage().getHeader("CamelMessageDbWrittenPositions"))
                .isEqualTo(List.of());
    }

    @Test
    void an_iterable_is_a_batch() {
        sent(uri, new LinkedHashSet<>(List.of("1", "2")));

        assertThat(written()).hasSize(2);
    }

    @Test
    void maps_say_type_data_metadata_and_id() {
        UUID id = UUID.randomUUID();

        sent(
                uri,
                List.of(
                        Map.of("type", "Opened", "data", Map.of("a", 1), "metadata", Map.of("m", 2), "id", id),
                        Map.of("data", "{\"b\": 1}", "id", UUID.randomUUID().toString())));

        assertThat(written()).containsExactly(stream + " Opened {\"a\": 1}", stream + " Deposited {\"b\": 1}");
        StoredMessage first = stream(stream).get(0);
        assertThat(first.id()).isEqualTo(id);
        assertThat(first.metadata()).isEqualTo("{\"m\": 2}");
    }

    @Test
    void new_messages_go_where_they_say() {
        Exchange exchange = sent(
                "messagedb:" + category,
                List.of(
                        NewMessage.of(stream, "A", "1"),
                        NewMessage.of(other, "B", "2"),
                        NewMessage.of(stream, "C", "3")));

        assertThat(written()).containsExactly(stream + " A 1", other + " B 2", stream + " C 3");
        assertThat(exchange.getMessage().getHeader("CamelMessageDbWrittenPositions"))
                .isEqualTo(List.of(0L, 0L, 1L));
    }

    @Test
    void messages_are_steered_by_their_own_headers() {
        UUID id = UUID.randomUUID();

        sent(
                uri,
                List.of(
                        message("1"),
                        message(
                                "2",
                                "CamelMessageDbOverrideStreamName",
                                other,
                                "CamelMessageDbOverrideMessageType",
                                "B",
                                "CamelMessageDbOverrideMessageId",
                                id,
                                "CamelMessageDbOverrideMetadata",
                                Map.of("m", 1),
                                "CamelMessageDbExpectedVersion",
                                -1)));

        assertThat(written()).containsExactly(stream + " Deposited 1", other + " B 2");
        assertThat(stream(other).get(0).id()).isEqualTo(id);
        assertThat(stream(other).get(0).metadata()).isEqualTo("{\"m\": 1}");
    }

    @Test
    void what_a_consumer_set_on_a_message_does_not_steer() {
        sent(uri, List.of(message("1", "CamelMessageDbStreamName", other, "CamelMessageDbMessageType", "B")));

        assertThat(written()).containsExactly(stream + " Deposited 1");
    }

    @Test
    void the_headers_of_the_exchange_hold_for_all_elements() {
        sent(
                "messagedb:elsewhere",
                List.of("1", message("2", "CamelMessageDbOverrideMetadata", Map.of("b", 3))),
                "CamelMessageDbOverrideStreamName",
                stream,
                "CamelMessageDbOverrideMessageType",
                "A",
                "CamelMessageDbOverrideMetadata",
                Map.of("a", 1, "b", 2));

        assertThat(written()).containsExactly(stream + " A 1", stream + " A 2");
        assertThat(stream(stream))
                .extracting(StoredMessage::metadata)
                .containsExactly("{\"a\": 1, \"b\": 2}", "{\"a\": 1, \"b\": 3}");
    }

    @Test
    void exchanges_are_steered_by_the_headers_of_their_messages() {
        Exchange part = new DefaultExchange(context);
        part.getMessage().setBody("2");
        part.getMessage().setHeader("CamelMessageDbOverrideStreamName", other);

        sent(uri, List.of(part));

        assertThat(written()).containsExactly(other + " Deposited 2");
    }

    @Test
    void what_an_aggregator_grouped_is_a_batch() throws Exception {
        addRoutes(routes -> {
            routes.from("direct:exchanges")
                    .setHeader("CamelMessageDbOverrideStreamName", routes.simple(category + "-${body}"))
                    .aggregate(new GroupedExchangeAggregationStrategy())
                    .constant(true)
                    .completionSize(3)
                    .to("messagedb:" + category + "?messageType=A");
            routes.from("direct:messages")
                    .setHeader("CamelMessageDbOverrideStreamName", routes.simple(category + "-${body}"))
                    .aggregate(new GroupedMessageAggregationStrategy())
                    .constant(true)
                    .completionSize(2)
                    .to("messagedb:" + category + "?messageType=B");
        });

        for (int i = 1; i <= 3; i++) {
            sent("direct:exchanges", Integer.toString(i));
        }
        eventually().until(() -> written().size() == 3);
        for (int i = 1; i <= 3; i++) {
            sent("direct:messages", Integer.toString(i));
        }
        eventually().until(() -> written().size() == 5);

        assertThat(written())
                .containsExactly(
                        category + "-1 A 1",
                        category + "-2 A 2",
                        category + "-3 A 3",
                        category + "-1 B 1",
                        category + "-2 B 2");
    }

    @Test
    void an_expected_version_is_of_the_one_stream() {
        writeNumbers(stream, 0, 1);

        sent(uri + "&expectedVersion=1", List.of("2", "3"));
        Exchange stale = send(uri, List.of("4"), "CamelMessageDbExpectedVersion", 1);

        assertThat(stale.getException()).isInstanceOf(VersionConflictException.class);
        assertThat(stream(stream)).hasSize(4);
    }

    @Test
    void an_expected_version_of_the_exchange_is_refused_for_several_streams() {
        Exchange exchange = send(
                uri,
                List.of(NewMessage.of(stream, "A", "1"), NewMessage.of(other, "A", "1")),
                "CamelMessageDbExpectedVersion",
                -1);

        assertThat(exchange.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("writes to 2")
                .hasMessageContaining("CamelMessageDbExpectedVersion");
        assertThat(written()).isEmpty();
    }

    @Test
    void each_stream_may_expect_its_own_version() {
        writeNumbers(other, 0, 0);

        sent(
                uri,
                List.of(
                        message("1", "CamelMessageDbExpectedVersion", -1),
                        message("2", "CamelMessageDbOverrideStreamName", other, "CamelMessageDbExpectedVersion", 0)));
        Exchange conflict = send(
                uri,
                List.of(
                        message("1"),
                        message("2", "CamelMessageDbOverrideStreamName", other, "CamelMessageDbExpectedVersion", 0)));

        assertThat(conflict.getException()).isInstanceOf(VersionConflictException.class);
        assertThat(((VersionConflictException) conflict.getException()).stream())
                .hasToString(other);
        assertThat(categoryMessages(category)).hasSize(3);
    }

    @Test
    void an_expected_version_belongs_to_the_first_element_of_its_stream() {
        Exchange exchange = send(uri, List.of(message("1"), message("2", "CamelMessageDbExpectedVersion", 0)));

        assertThat(exchange.getException()).hasMessageContaining("Element 1").hasMessageContaining("first element");
        assertThat(written()).isEmpty();
    }

    @Test
    void an_id_expression_makes_a_batch_idempotent() {
        String idempotent = uri + "&idExpression=${header.offset}";

        Exchange first = sent(idempotent, List.of("1", "2"), "offset", "77");
        Exchange again = sent(idempotent, List.of("1", "2"), "offset", "77");
        sent(idempotent, List.of("3", "4"), "offset", "78");

        assertThat(again.getMessage().getHeaders()).isEqualTo(first.getMessage().getHeaders());
        assertThat(stream(stream)).extracting(StoredMessage::data).containsExactly("1", "2", "3", "4");
    }

    @Test
    void a_batch_with_an_id_that_is_elsewhere_writes_nothing() {
        NewMessage present = NewMessage.of(category + "-elsewhere", "A", "0");
        write(present);

        Exchange exchange = send(uri, List.of("1", Map.of("data", "2", "id", present.id())));

        assertThat(exchange.getException()).isInstanceOf(DuplicateMessageException.class);
        assertThat(stream(stream)).isEmpty();
    }

    @Test
    void an_id_of_the_exchange_is_refused() {
        Exchange exchange = send(uri, List.of("1"), "CamelMessageDbOverrideMessageId", UUID.randomUUID());

        assertThat(exchange.getException()).hasMessageContaining("header CamelMessageDbOverrideMessageId");
        assertThat(written()).isEmpty();
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of("{", "not valid JSON"),
                Arguments.of(null, "is null"),
                Arguments.of(Map.of("data", 1, "typ", "A"), "[data, typ]"),
                Arguments.of(Map.of("type", "A"), "has the key data"),
                Arguments.of(Map.of("data", 1, "id", "no"), "'no' in the key id"),
                Arguments.of(Map.of("data", 1, "metadata", 5), "the key metadata"),
                Arguments.of(new Object(), "cannot be turned into JSON"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_in_an_element_is_named_with_its_index_and_nothing_is_written(Object element, String named) {
        Exchange exchange = send(uri, new ArrayList<>(Arrays.asList("1", element)));

        assertThat(exchange.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Element 1 ")
                .hasMessageContaining(named);
        assertThat(written()).isEmpty();
    }

    @Test
    void a_bad_header_of_an_element_is_named() {
        Exchange exchange = send(uri, List.of(message("1", "CamelMessageDbExpectedVersion", "x")));

        assertThat(exchange.getException())
                .hasMessageContaining("Element 0 ")
                .hasMessageContaining("header CamelMessageDbExpectedVersion");
    }

    @Test
    void steering_headers_stay_after_a_failure_and_are_gone_after_success() {
        Exchange failed = send(uri, List.of("{"), "CamelMessageDbOverrideMessageType", "A");
        Exchange written = sent(uri, List.of("{}"), "CamelMessageDbOverrideMessageType", "A");

        assertThat(failed.getMessage().getHeaders()).containsOnlyKeys("CamelMessageDbOverrideMessageType");
        assertThat(written.getMessage().getHeaders()).containsOnlyKeys("CamelMessageDbWrittenPositions");
    }

    /** Or who sends an element on would write it with the id of this message. */
    @Test
    void steering_headers_of_elements_stay_after_a_failure_and_are_gone_after_success() {
        Exchange part = new DefaultExchange(context);
        part.getMessage().setBody("1");
        part.getMessage().setHeader("CamelMessageDbOverrideMessageId", UUID.randomUUID());
        part.getMessage().setHeader("mine", 1);
        Message message = message("{", "CamelMessageDbExpectedVersion", -1, "CamelMessageDbOverrideStreamName", other);

        send(uri, List.of(part, message));
        assertThat(part.getMessage().getHeaders()).containsOnlyKeys("CamelMessageDbOverrideMessageId", "mine");
        assertThat(message.getHeaders())
                .containsOnlyKeys("CamelMessageDbExpectedVersion", "CamelMessageDbOverrideStreamName");

        message.setBody("2");
        sent(uri, List.of(part, message));
        assertThat(part.getMessage().getHeaders()).containsOnlyKeys("mine");
        assertThat(message.getHeaders()).isEmpty();
    }
}
