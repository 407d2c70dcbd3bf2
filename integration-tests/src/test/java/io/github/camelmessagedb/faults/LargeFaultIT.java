package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.store.MessageRejectedException;
import io.github.camelmessagedb.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are large or odd, written by a route and past it: they arrive as they are, and so does the next one. */
@Timeout(300)
class LargeFaultIT {

    private static final int DEPTH = 5000;
    private static final int MEGABYTE = 1 << 20;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final List<String> bodies = new CopyOnWriteArrayList<>();

    private void route(String... data) throws Exception {
        consume(context -> {
            for (String each : data) {
                context.createProducerTemplate().sendBody("messagedb:account-1?messageType=Large", each);
            }
        });
    }

    @FunctionalInterface
    private interface Writing {
        void write(DefaultCamelContext context) throws Exception;
    }

    /** Until one more message has come, which is written last. */
    private void consume(Writing writing) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.getRegistry().bind("pool", database.pool(3));
            RouteBuilder.addRoutes(
                    context,
                    routes -> routes.from("messagedb:account?concurrentConsumers=2&retryDelay=10")
                            .process(exchange -> note(exchange.getMessage())));
            context.start();
            writing.write(context);
            context.createProducerTemplate().sendBody("messagedb:account-1?messageType=Small", "\"last\"");
            await().atMost(Duration.ofMinutes(2)).until(() -> bodies.contains("\"last\""));
        }
    }

    private void note(Message message) {
        bodies.add(String.valueOf(message.getBody(String.class)));
    }

    private static String text(int megabytes) {
        return "\"" + "x".repeat(megabytes * MEGABYTE) + "\"";
    }

    @Test
    void a_text_of_25_megabytes() throws Exception {
        String text = text(25);

        route(text);

        assertThat(bodies.get(0).equals(text)).isTrue();
        assertThat(bodies).hasSize(2);
    }

    @Test
    @Tag("long")
    void a_message_of_100_megabytes() throws Exception {
        String text = text(20);
        String message = Stream.of(text, text, text, text, text).toList().toString();

        route(message);

        assertThat(bodies.get(0).equals(message)).isTrue();
        assertThat(bodies).hasSize(2);
    }

    @Test
    void json_5000_deep() throws Exception {
        String deep = "[".repeat(DEPTH) + "]".repeat(DEPTH);

        route(deep);

        assertThat(bodies).containsExactly(deep, "\"last\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"text\"", "true", "null", "[1]", "{\"deep\": {}}"})
    void metadata_that_is_no_object_stored_by_another_program(String odd) throws Exception {
        consume(context -> database.execute("SET search_path = message_store; SELECT write_message("
                + "gen_random_uuid()::varchar, 'account-1', 'Odd', '{\"odd\": 1}', '" + odd + "')"));

        assertThat(bodies).containsExactly("{\"odd\": 1}", "\"last\"");
    }

    @Test
    void metadata_5000_deep_stored_by_another_program() throws Exception {
        String deep = "{\"a\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}";

        consume(context -> database.execute("SET search_path = message_store; SELECT write_message("
                + "gen_random_uuid()::varchar, 'account-1', 'Odd', '1', '" + deep + "')"));

        assertThat(bodies).containsExactly("1", "\"last\"");
    }

    @Test
    void no_data_and_no_metadata_stored_by_another_program() throws Exception {
        consume(context -> database.execute("INSERT INTO message_store.messages (id, stream_name, position, type)"
                + " VALUES (gen_random_uuid(), 'account-1', 0, 'Odd')"));

        assertThat(bodies).hasSize(2);
    }

    @Test
    void a_text_with_an_escaped_nul_is_refused_and_the_next_one_is_written() throws Exception {
        consume(context -> {
            Exception refused = context.createProducerTemplate()
                    .send(
                            "messagedb:account-1?messageType=Odd",
                            exchange -> exchange.getMessage().setBody("\"\\u0000\""))
                    .getException();
            assertThat(refused).isInstanceOf(MessageRejectedException.class);
        });

        assertThat(bodies).containsExactly("\"last\"");
    }
}
