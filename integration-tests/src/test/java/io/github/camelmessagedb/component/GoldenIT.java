package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.testing.Golden;
import io.github.camelmessagedb.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What stands in the store, held against files. Those named {@code eventide} are what Eventide writes, after its sources:
 *
 * <ul>
 *   <li>messaging, {@code lib/messaging/message/metadata.rb}: the keys, and {@code follow}: causation from where the
 *       preceding message is; correlation, reply stream and properties from its metadata; no local properties, no schema
 *       version
 *   <li>messaging, {@code lib/messaging/message/transform.rb}: nulls and empty properties are left out, and what is a
 *       column is no key
 *   <li>message-store-postgres, {@code lib/message_store/postgres/put.rb}: data and metadata without a key are NULL
 *   <li>consumer-postgres, {@code lib/consumer/postgres/position_store.rb}, {@code position_store/recorded.rb} and
 *       {@code position_store/stream_name.rb}: the last message of the position stream, of type {@code Recorded}, with one
 *       attribute, {@code position}; where its stream is
 * </ul>
 */
class GoldenIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final Received received = new Received();
    private DefaultCamelContext context;
    private Golden golden;

    @BeforeEach
    void makeContext() {
        golden = Golden.of(database);
        context = new DefaultCamelContext();
        context.disableJMX();
        context.getRegistry().bind("messageDb", database.pool(3));
    }

    @AfterEach
    void closeContext() {
        context.stop();
    }

    private void start(LambdaRouteBuilder routes) throws Exception {
        RouteBuilder.addRoutes(context, routes);
        context.start();
    }

    private void send(String uri, Object body, Map<String, Object> headers) {
        context.createProducerTemplate().sendBodyAndHeaders(uri, body, headers);
    }

    private void awaitMessages(String category, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> golden.stored(category).size() >= count);
    }

    @Test
    void events_written_plain_have_no_metadata_or_what_is_given_of_it() throws Exception {
        context.start();
        Map<String, Object> deposit = new LinkedHashMap<>();
        deposit.put("amount", new BigDecimal("10.50"));
        deposit.put("currency", "EUR");
        deposit.put("note", "für Ása");
        deposit.put("reference", null);
        deposit.put("tags", List.of());
        Map<String, Object> metadata =
                new HashMap<>(Map.of("correlationStreamName", "transfer-9", "schemaVersion", "2"));
        metadata.put("replyStreamName", null);
        metadata.put("properties", Map.of());
        metadata.put("localProperties", Map.of());

        String uri = "messagedb:account-123?messageType=Deposited";
        send(uri, deposit, Map.of());
        send(uri, "{\"amount\": 7}", Map.of("CamelMessageDbOverrideMetadata", metadata));

        golden.assertCategory("account", "plain.json");
    }

    @Test
    void a_batch() throws Exception {
        context.start();
        Map<String, Object> properties = new HashMap<>();
        properties.put("correlationStreamName", "transfer-9");
        properties.put("properties", Map.of("tenant", "blue"));

        send(
                "messagedb:account-1?messageType=Deposited",
                Arrays.asList(
                        NewMessage.of("account-1", "Opened", "{\"owner\": \"Ann\"}"),
                        Map.of("data", Map.of("amount", 5), "metadata", properties),
                        NewMessage.of("account-2", "Deposited", "{\"amount\": 6}")
                                .withMetadata("{\"correlationStreamName\": \"transfer-9\"}")),
                Map.of());

        golden.assertCategory("account", "batch.json");
    }

    /** Writes the first message of the file as Eventide does, and routes it to another stream. */
    private void follow(String file, Map<String, Object> given) throws Exception {
        golden.write(Golden.messages(file).get(0));
        start(routes -> routes.from("messagedb:order")
                .setHeader("CamelMessageDbOverrideMetadata", () -> given)
                .setBody(routes.constant("{\"orderId\": \"1\"}"))
                .to("messagedb:payment-1?messageType=Requested"));
        awaitMessages("payment", 1);
    }

    @Test
    void what_follows_a_message_of_eventide_is_what_eventide_would_write() throws Exception {
        follow("eventide-followed.json", Map.of());

        golden.assertCategory("order", "eventide-followed.json");
        golden.assertCategory("payment", "eventide-followed.json");
    }

    @Test
    void what_follows_a_message_without_data_and_metadata_has_its_causation() throws Exception {
        follow("eventide-followed-bare.json", Map.of());

        golden.assertCategory("order", "eventide-followed-bare.json");
        golden.assertCategory("payment", "eventide-followed-bare.json");
    }

    @Test
    void what_is_given_goes_before_what_follows_and_joins_its_properties() throws Exception {
        Map<String, Object> given = new HashMap<>(
                Map.of("correlationStreamName", "mine-1", "properties", Map.of("trace", "mine", "region", "north")));
        given.put("replyStreamName", null);

        follow("eventide-followed.json", given);

        golden.assertCategory("payment", "followed-with-more.json");
    }

    private void writeCommands() {
        for (int i = 1; i <= 3; i++) {
            ObjectNode command =
                    Golden.messages("eventide-followed-bare.json").get(0).deepCopy();
            golden.write(
                    new UUID(0x4000, 0x8000_0000_0000_0000L + i),
                    command.put("stream_name", "account:command-1").put("data", i));
        }
    }

    private void consume(int messages) throws Exception {
        start(routes ->
                routes.from("messagedb:account:command?consumerId=ledger").process(received));
        received.awaitCount(messages);
        context.stop();
    }

    @Test
    void the_position_of_a_consumer() throws Exception {
        writeCommands();

        consume(3);

        golden.assertCategory("account:command+position", "position.json");
    }

    @Test
    void the_position_of_a_consumer_is_eventide_s_but_for_the_properties() throws Exception {
        writeCommands();

        consume(3);

        List<JsonNode> stored = golden.stored("account:command+position");
        ObjectNode last = stored.get(stored.size() - 1).deepCopy();
        assertThat(last.path("metadata").fieldNames()).toIterable().containsExactly("properties");
        last.putNull("metadata");
        assertThat((Object) last)
                .isEqualTo(Golden.messages("eventide-position.json").get(1));
        // As its consumer asks for it: the attribute is an integer.
        assertThat(golden.call("SELECT (data::jsonb -> 'position')::bigint"
                        + " FROM get_last_stream_message('account:command+position-ledger')"))
                .isEqualTo("3");
    }

    @Test
    void a_position_of_eventide_s_is_gone_on_from() throws Exception {
        writeCommands();
        golden.write(Golden.messages("eventide-position.json").get(0));

        consume(1);

        assertThat(received.bodies()).containsExactly("3");
        // It is written once more at the start, so that of two consumers one is told.
        golden.assertCategory("account:command+position", "position-after-eventide.json");
    }

    @Test
    void what_eventide_records_after_us_is_gone_on_from_too() throws Exception {
        writeCommands();
        golden.write(Golden.messages("position.json").get(1));
        golden.write(Golden.messages("eventide-position.json").get(0));

        consume(1);

        assertThat(received.bodies()).containsExactly("3");
    }
}
