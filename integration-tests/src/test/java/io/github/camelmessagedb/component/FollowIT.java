package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StoredMessage;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.junit.jupiter.api.Test;

/** What is written while a message is routed says in its metadata what it follows. */
class FollowIT extends ComponentTest {

    private static final String METADATA = """
            {"correlationStreamName": "order-1", "replyStreamName": "reply-1", "properties": {"tenant": "blue"},
             "causationMessageStreamName": "older-1", "causationMessagePosition": 3, "causationMessageGlobalPosition": 4,
             "localProperties": {"mine": 1}, "schemaVersion": "7", "unknown": true}""";

    private StoredMessage preceding() {
        return stream(category + "-1").get(0);
    }

    private Map<?, ?> followed() {
        eventually().until(() -> last(category + "next-1").isPresent());
        return metadata(last(category + "next-1").orElseThrow());
    }

    private static Map<?, ?> metadata(StoredMessage message) {
        try {
            return message.metadata() == null ? Map.of() : new ObjectMapper().readValue(message.metadata(), Map.class);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, Object> expected() {
        return Map.of(
                "causationMessageStreamName",
                category + "-1",
                "causationMessagePosition",
                0,
                "causationMessageGlobalPosition",
                (int) preceding().globalPosition(),
                "correlationStreamName",
                "order-1",
                "replyStreamName",
                "reply-1",
                "properties",
                Map.of("tenant", "blue"));
    }

    private void writeAndRoute(LambdaRouteBuilder routes) throws Exception {
        write(NewMessage.of(category + "-1", "A", "{}").withMetadata(METADATA));
        start(routes);
    }

    private String from() {
        return "messagedb:" + category;
    }

    private String to() {
        return "messagedb:" + category + "next-1?messageType=B";
    }

    @Test
    void causation_correlation_reply_and_properties() throws Exception {
        writeAndRoute(
                routes -> routes.from(from()).setBody(routes.constant("1")).to(to()));

        assertThat(followed()).isEqualTo(expected());
    }

    @Test
    void causation_alone_where_the_message_has_no_metadata() throws Exception {
        write(category + "-1", "A", "{}");
        start(routes -> routes.from(from()).to(to()));

        assertThat(followed().keySet())
                .isEqualTo(java.util.Set.of(
                        "causationMessageStreamName", "causationMessagePosition", "causationMessageGlobalPosition"));
    }

    @Test
    void metadata_that_is_given_wins() throws Exception {
        writeAndRoute(routes -> routes.from(from())
                .setHeader(
                        "CamelMessageDbOverrideMetadata",
                        () -> Map.of("correlationStreamName", "mine-1", "causationMessagePosition", 9, "more", 1))
                .to(to()));

        Map<Object, Object> expected = new java.util.HashMap<>(expected());
        expected.putAll(Map.of("correlationStreamName", "mine-1", "causationMessagePosition", 9, "more", 1));
        assertThat(followed()).isEqualTo(expected);
    }

    @Test
    void nothing_where_it_is_off() throws Exception {
        writeAndRoute(routes -> routes.from(from()).to(to() + "&follow=false"));

        assertThat(followed()).isEmpty();
    }

    @Test
    void what_a_route_did_to_the_headers_does_not_matter() throws Exception {
        writeAndRoute(routes -> routes.from(from())
                .removeHeaders("*")
                .setBody(routes.constant("{}"))
                .to(to()));

        assertThat(followed()).isEqualTo(expected());
    }

    @Test
    void through_direct_and_a_dynamic_endpoint() throws Exception {
        writeAndRoute(routes -> {
            routes.from(from())
                    .setHeader("next", routes.constant(category + "next-1"))
                    .to("direct:next");
            routes.from("direct:next").toD("messagedb:${header.next}?messageType=B");
        });

        assertThat(followed()).isEqualTo(expected());
    }

    @Test
    void through_seda() throws Exception {
        writeAndRoute(routes -> {
            routes.from(from()).to("seda:next");
            routes.from("seda:next").to(to());
        });

        assertThat(followed()).isEqualTo(expected());
    }

    @Test
    void through_a_split() throws Exception {
        writeAndRoute(routes -> routes.from(from())
                .setBody(exchange -> List.of("1", "2"))
                .split(routes.body())
                .to(to()));

        assertThat(followed()).isEqualTo(expected());
    }

    @Test
    void through_an_aggregate_that_keeps_the_latest() throws Exception {
        writeAndRoute(routes -> routes.from(from())
                .aggregate(routes.constant(true), new UseLatestAggregationStrategy())
                .completionSize(1)
                .to(to()));

        assertThat(followed()).isEqualTo(expected());
    }

    @Test
    void each_exchange_of_a_group_follows_its_own_message() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start(routes -> routes.from(from())
                .aggregate(routes.constant(true), new GroupedExchangeAggregationStrategy())
                .completionSize(3)
                .to(to()));

        eventually().until(() -> stream(category + "next-1").size() == 3);
        assertThat(stream(category + "next-1"))
                .extracting(message -> metadata(message).get("causationMessagePosition"))
                .isEqualTo(List.of(0, 1, 2));
    }

    @Test
    void each_message_of_a_consumer_s_list_is_followed_by_its_own() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start(routes -> {
            routes.from(from() + "?batching=true&consumerId=a").to("messagedb:" + category + "copy-1?messageType=B");
            routes.from(from() + "?batching=true&consumerId=b")
                    .split(routes.body())
                    .to(to());
        });

        for (String copy : List.of("copy-1", "next-1")) {
            eventually().until(() -> stream(category + copy).size() == 3);
            assertThat(stream(category + copy))
                    .extracting(message -> metadata(message).get("causationMessagePosition"))
                    .isEqualTo(List.of(0, 1, 2));
        }
    }

    @Test
    void a_split_message_is_followed_when_its_body_was_replaced() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start(routes -> routes.from(from() + "?batching=true")
                .split(routes.body())
                .transform(routes.constant("{}"))
                .setBody(routes.constant("{}"))
                .marshal()
                .json()
                .to(to()));

        eventually().until(() -> stream(category + "next-1").size() == 3);
        assertThat(stream(category + "next-1"))
                .extracting(message -> metadata(message).get("causationMessagePosition"))
                .isEqualTo(List.of(0, 1, 2));
    }

    @Test
    void the_elements_of_a_batch_follow_what_the_exchange_does() throws Exception {
        writeAndRoute(routes -> routes.from(from())
                .setBody(
                        exchange -> List.of("1", Map.of("data", 2, "metadata", Map.of("correlationStreamName", "x-1"))))
                .to(to()));

        eventually().until(() -> stream(category + "next-1").size() == 2);
        assertThat(metadata(stream(category + "next-1").get(0))).isEqualTo(expected());
        assertThat(metadata(stream(category + "next-1").get(1)).get("correlationStreamName"))
                .isEqualTo("x-1");
    }

    @Test
    void metadata_given_for_a_whole_batch_wins_over_what_its_messages_follow() throws Exception {
        write(NewMessage.of(category + "-1", "A", "{}").withMetadata(METADATA));
        start(routes -> routes.from(from() + "?batching=true")
                .setHeader("CamelMessageDbOverrideMetadata", () -> Map.of("correlationStreamName", "mine-1"))
                .to(to()));

        assertThat(followed().get("correlationStreamName")).isEqualTo("mine-1");
    }

    @Test
    void a_message_that_was_read_back_is_followed_by_what_is_written_from_it() throws Exception {
        write(NewMessage.of(category + "-1", "A", "{}").withMetadata(METADATA));
        start(routes -> routes.from("direct:copy")
                .to("messagedb:" + category + "-1?operation=readStream")
                .split(routes.body())
                .to(to()));

        sent("direct:copy", null);

        assertThat(followed()).isEqualTo(expected());
    }

    @Test
    void metadata_that_is_no_object_or_is_strange_does_no_harm() throws Exception {
        database.execute("INSERT INTO message_store.messages (stream_name, type, position, data, metadata) VALUES ('"
                + category + "-1', 'A', 0, '{}', '[1]'), ('" + category + "-1', 'A', 1, NULL, '\"text\"'), ('"
                + category
                + "-1', 'A', 2, 'null', '{\"properties\": {}, \"correlationStreamName\": null}')");
        start(routes -> routes.from(from()).setBody(routes.constant("{}")).to(to()));

        eventually().until(() -> stream(category + "next-1").size() == 3);
        assertThat(stream(category + "next-1"))
                .extracting(message -> metadata(message).size())
                .containsOnly(3);
    }
}
