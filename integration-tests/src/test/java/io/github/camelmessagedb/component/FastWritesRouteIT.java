package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.Writer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The option fastWrites, and what is told of it. */
class FastWritesRouteIT extends ComponentTest {

    private static final String SLOW = "ALTER FUNCTION message_store.write_message SET work_mem TO '8MB'";
    private static final String STOCK = "ALTER FUNCTION message_store.write_message RESET ALL";

    private final Received received = new Received();

    @AfterEach
    void putBack() {
        database.execute(STOCK);
    }

    private List<Long> writeBatch() {
        return positions(send(uri(), Collections.nCopies(10, Map.of("data", "{}")))
                .getMessage()
                .getHeader(MessageDbConstants.WRITTEN_POSITIONS, List.class));
    }

    private String uri() {
        return "messagedb:" + category + "-1?messageType=Opened&fastWrites=true";
    }

    private static List<Long> positions(List<?> header) {
        return header.stream().map(Long.class::cast).toList();
    }

    private Object ofConsumer() {
        return OwnershipIT.health(context).getDetails().get("fastWrites");
    }

    private Object ofProducer() {
        HealthCheckRepository producers =
                (HealthCheckRepository) HealthCheckRegistry.get(context).resolveById("producers");
        producers.setEnabled(true);
        return producers.stream()
                .map(check -> check.call().getDetails().get("fastWrites"))
                .findFirst()
                .orElse(null);
    }

    @Test
    void health_tells_that_they_are_in_use_and_the_log_once() throws Exception {
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        health.register(health.resolveById("producers"));
        try (Logs logs = Logs.of(FastStores.class)) {
            start(routes -> routes.from("messagedb:" + category + "?fastWrites=true")
                    .routeId("consumer")
                    .process(received));
            assertThat(ofConsumer()).isEqualTo("not in use: nothing was written yet that could be");

            assertThat(writeBatch()).isEqualTo(LongStream.range(0, 10).boxed().toList());
            writeBatch();
            received.awaitCount(20);

            assertThat(ofConsumer()).isEqualTo("in use");
            assertThat(ofProducer()).isEqualTo("in use");
            assertThat(logs.all()).singleElement().asString().contains("past write_message");
        }
        context.stop();
        assertThat(ofProducer()).as("when it is stopped").isNull();
    }

    @Test
    void health_and_the_log_tell_why_they_are_not_in_use() throws Exception {
        database.execute(SLOW);
        try (Logs logs = Logs.of(FastStores.class)) {
            start(routes -> routes.from("messagedb:" + category + "?fastWrites=true")
                    .routeId("consumer")
                    .process(received));

            assertThat(writeBatch()).isEqualTo(LongStream.range(0, 10).boxed().toList());
            writeBatch();

            assertThat((String) ofConsumer()).startsWith("not in use: the function write_message is not the stock one");
            assertThat(logs.all()).singleElement().asString().contains("write_message is not the stock one");
        }
    }

    @Test
    void without_the_option_nothing_is_told() throws Exception {
        start(routes -> routes.from("messagedb:" + category).routeId("consumer").process(received));

        assertThat(OwnershipIT.health(context).getDetails())
                .containsKey("subscription")
                .doesNotContainKey("fastWrites");
    }

    @Test
    void what_endpoints_with_the_option_write_at_the_same_time_is_written_so_too() throws Exception {
        context.start();
        AsyncProcessor producer =
                AsyncProcessorConverterHelper.convert(context.getEndpoint(uri()).createAsyncProducer());
        ((Producer) producer).start();
        CompletableFuture<Object> first;
        List<CompletableFuture<Exchange>> others;
        try (Writer busy = new Writer(database.ownerDataSource())
                .execute("SET LOCAL search_path = message_store; SELECT acquire_lock('" + category + "-1')")) {
            first = template.asyncRequestBody(uri(), (Object) "{}");
            eventually()
                    .until(() ->
                            database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                                    > 0);
            others = IntStream.range(0, 19).mapToObj(i -> send(producer)).toList();
            busy.commit();
        }
        first.get(30, TimeUnit.SECONDS);
        for (CompletableFuture<Exchange> other : others) {
            assertThat(other.get(30, TimeUnit.SECONDS).getException()).isNull();
        }

        assertThat(stream(category + "-1")).hasSize(20);
        MessageDbComponent component = context.getComponent("messagedb", MessageDbComponent.class);
        assertThat(component.fastWrites(null).inUse()).isTrue();
    }

    private CompletableFuture<Exchange> send(AsyncProcessor producer) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("{}");
        return producer.processAsync(exchange);
    }
}
