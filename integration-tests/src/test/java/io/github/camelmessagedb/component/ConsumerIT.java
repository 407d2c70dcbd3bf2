package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StoredMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;

class ConsumerIT extends ComponentTest {

    private final Received received = new Received();

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void routes_the_messages_of_a_category_in_order() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        writeNumbers(category + "-2", 4, 6);
        writeNumbers(category + "x-1", 7, 7);

        start(routes -> routes.from("messagedb:" + category).process(received));
        received.awaitCount(6);
        writeNumbers(category + "-1", 7, 8);
        received.awaitCount(8);

        assertThat(received.numbers()).isEqualTo(range(1, 8));
    }

    @Test
    void routes_the_messages_of_a_stream_alone() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        writeNumbers(category + "-2", 3, 4);

        start(routes -> routes.from("messagedb:" + category + "-2?consumerId=x").process(received));
        received.awaitCount(2);
        writeNumbers(category + "-1", 5, 5);
        writeNumbers(category + "-2", 6, 6);
        received.awaitCount(3);

        assertThat(received.numbers()).containsExactly(3, 4, 6);
    }

    @Test
    void tells_in_headers_what_a_message_is() throws Exception {
        write(category + "-1", "Opened", "{}");
        NewMessage message = NewMessage.of(category + "-1", "Deposited", "{\"amount\": 7}")
                .withMetadata("{\"tenant\": \"blue\", \"n\": 3, \"list\": [1]}");
        write(message);
        StoredMessage stored = stream(category + "-1").get(1);

        start(routes -> routes.from("messagedb:" + category).process(received));
        received.awaitCount(2);

        Message routed = received.messages().get(1);
        assertThat(routed.getBody()).isEqualTo("{\"amount\": 7}");
        assertThat(routed.getHeaders())
                .containsEntry("CamelMessageDbMessageId", message.id().toString())
                .containsEntry("CamelMessageDbStreamName", category + "-1")
                .containsEntry("CamelMessageDbMessageType", "Deposited")
                .containsEntry("CamelMessageDbPosition", 1L)
                .containsEntry("CamelMessageDbGlobalPosition", stored.globalPosition())
                .containsEntry("CamelMessageDbTime", stored.time())
                .containsEntry("CamelMessageTimestamp", stored.time().toEpochMilli())
                .containsEntry("CamelMessageDbMetadata", Map.of("tenant", "blue", "n", 3, "list", List.of(1)))
                .containsEntry("tenant", "blue")
                .containsEntry("n", 3)
                .doesNotContainKey("list");
        assertThat(routed.getHeader("CamelMessageDbTime", Instant.class))
                .isBetween(Instant.EPOCH, Instant.now().plusSeconds(60));
    }

    @Test
    void takes_the_types_that_were_asked_for() throws Exception {
        write(category + "-1", "A", "1");
        write(category + "-1", "B", "2");
        write(category + "-1", "C", "3");

        start(routes ->
                routes.from("messagedb:" + category + "?messageTypes=A, C").process(received));
        received.awaitCount(2);

        assertThat(received.numbers()).containsExactly(1, 3);
    }

    @Test
    void takes_the_correlation_that_was_asked_for() throws Exception {
        write(NewMessage.of(category + "-1", "A", "1").withMetadata("{\"correlationStreamName\": \"order-1\"}"));
        write(NewMessage.of(category + "-1", "A", "2").withMetadata("{\"correlationStreamName\": \"other-1\"}"));
        write(category + "-1", "A", "3");
        write(NewMessage.of(category + "-1", "A", "4").withMetadata("{\"correlationStreamName\": \"order-2\"}"));

        start(routes ->
                routes.from("messagedb:" + category + "?correlation=order").process(received));
        received.awaitCount(2);

        assertThat(received.numbers()).containsExactly(1, 4);
    }

    @Test
    void routes_lists_of_messages_with_their_own_headers() throws Exception {
        writeNumbers(category + "-1", 1, 5);

        start(routes -> routes.from("messagedb:" + category + "?batching=true&batchSize=2")
                .process(received));
        received.awaitCount(5);

        assertThat(received.numbers()).isEqualTo(range(1, 5));
        assertThat(received.headers("CamelMessageDbPosition")).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void a_list_is_no_longer_than_the_batch_size() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        java.util.List<Integer> sizes = new java.util.concurrent.CopyOnWriteArrayList<>();

        start(routes -> routes.from("messagedb:" + category + "?batching=true&batchSize=2")
                .process(exchange ->
                        sizes.add(exchange.getMessage().getBody(List.class).size())));
        eventually().until(() -> sizes.stream().mapToInt(Integer::intValue).sum() == 5);

        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void reads_page_by_page() throws Exception {
        writeNumbers(category + "-1", 1, 50);

        start(routes -> routes.from("messagedb:" + category + "?batchSize=7").process(received));
        received.awaitCount(50);

        assertThat(received.numbers()).isEqualTo(range(1, 50));
    }

    @Test
    void refuses_a_group_for_a_stream() {
        assertThatThrownBy(() -> start(
                        routes -> routes.from("messagedb:" + category + "-1?consumerGroupMember=0&consumerGroupSize=2")
                                .process(received)))
                .hasStackTraceContaining("cannot be read by a consumer group");
    }

    @Test
    void refuses_half_a_group() {
        assertThatThrownBy(() -> start(routes -> routes.from("messagedb:" + category + "?consumerGroupSize=2")
                        .process(received)))
                .hasStackTraceContaining("must be given together");
    }

    @Test
    void refuses_a_plus_in_the_consumer_id() {
        assertThatThrownBy(() -> start(routes -> routes.from("messagedb:" + category + "?consumerId=RAW(a+b)")
                        .process(received)))
                .hasStackTraceContaining("consumer id 'a+b'");
    }

    @Test
    void refuses_a_batch_size_of_nothing() {
        assertThatThrownBy(() -> start(routes ->
                        routes.from("messagedb:" + category + "?batchSize=0").process(received)))
                .hasStackTraceContaining("batchSize 0");
    }
}
