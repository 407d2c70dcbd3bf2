package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is measured where a meter registry is in Camel's registry. */
@Timeout(120)
class MetersIT extends ComponentTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Received received = new Received();

    @BeforeEach
    void bind() {
        context.getRegistry().bind("meters", meters);
    }

    private Search search(MessageDbMeter meter) {
        return meters.find(meter.id());
    }

    private double count(MessageDbMeter meter) {
        return search(meter).functionCounter().count();
    }

    private long timed(MessageDbMeter meter, String outcome) {
        return search(meter).tag("outcome", outcome).timer().count();
    }

    private double gauge(MessageDbMeter meter) {
        return search(meter).gauge().value();
    }

    private double lagSeconds() {
        return search(MessageDbMeter.CONSUMER_LAG_TIME).timeGauge().value(TimeUnit.SECONDS);
    }

    private double state(String state) {
        return search(MessageDbMeter.CONSUMER_STATE).tag("state", state).gauge().value();
    }

    @Test
    void all_meters_that_are_listed_are_there_and_no_others() throws Exception {
        start(routes -> {
            routes.from("messagedb:" + category).routeId("consumer").process(received);
            routes.from("direct:write").to("messagedb:" + category + "?messageType=A");
        });

        assertThat(meters.getMeters().stream().map(meter -> meter.getId().getName()))
                .containsOnly(Arrays.stream(MessageDbMeter.values())
                        .map(MessageDbMeter::id)
                        .toArray(String[]::new));
    }

    @Test
    void a_consumer_counts_and_times_what_it_does() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        start(routes -> routes.from("messagedb:" + category + "?positionUpdateInterval=1")
                .routeId("consumer")
                .process(received));
        received.awaitCount(5);

        eventually().untilAsserted(() -> {
            assertThat(count(MessageDbMeter.CONSUMER_FETCHED)).isEqualTo(5);
            assertThat(count(MessageDbMeter.CONSUMER_HANDLED)).isEqualTo(5);
            assertThat(timed(MessageDbMeter.CONSUMER_HANDLING, "success")).isEqualTo(5);
            assertThat(timed(MessageDbMeter.CONSUMER_READ, "success")).isPositive();
            assertThat(search(MessageDbMeter.CONSUMER_READ_SIZE).summary().totalAmount())
                    .isEqualTo(5);
            assertThat(search(MessageDbMeter.CONSUMER_HANDLING_SIZE).summary().max())
                    .isEqualTo(1);
            assertThat(timed(MessageDbMeter.CONSUMER_SAVE, "success")).isGreaterThanOrEqualTo(2);
            assertThat(state("running")).isEqualTo(1);
        });
        assertThat(count(MessageDbMeter.CONSUMER_FAILED)).isZero();
        assertThat(state("failed")).isZero();
    }

    @Test
    void failures_are_counted_and_what_becomes_of_them() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start(routes -> routes.from("messagedb:" + category + "?batching=true&failurePolicy=skip")
                .routeId("consumer")
                .process(exchange -> {
                    List<?> list = exchange.getMessage().getBody(List.class);
                    if (list.stream().anyMatch(message -> "2".equals(((Message) message).getBody(String.class)))) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .process(received));
        received.awaitCount(2);

        eventually().untilAsserted(() -> {
            assertThat(count(MessageDbMeter.CONSUMER_FAILED)).isEqualTo(3 + 1);
            assertThat(count(MessageDbMeter.CONSUMER_RETRIED)).isEqualTo(3);
            assertThat(count(MessageDbMeter.CONSUMER_SKIPPED)).isEqualTo(1);
            assertThat(count(MessageDbMeter.CONSUMER_HANDLED)).isEqualTo(2);
            assertThat(timed(MessageDbMeter.CONSUMER_HANDLING, "failure")).isEqualTo(2);
        });
    }

    @Test
    void the_lag_is_what_is_not_done_with_and_none_when_it_has_caught_up() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        writeNumbers(category + "-1", 1, 5);
        writeNumbers(category + "other-1", 1, 20);
        writeNumbers(category + "-1", 6, 7);
        database.execute("UPDATE message_store.messages SET time = time - interval '1 hour' WHERE stream_name = '"
                + category + "-1'");
        long head = stream(category + "-1").get(6).globalPosition();
        start(routes -> routes.from("messagedb:" + category + "?positionUpdateInterval=1")
                .routeId("consumer")
                .process(received)
                .process(exchange -> {
                    if ("3".equals(exchange.getMessage().getBody(String.class))) {
                        mayGoOn.await();
                    }
                }));
        received.awaitCount(3);

        eventually().untilAsserted(() -> {
            assertThat(gauge(MessageDbMeter.CONSUMER_LAG)).isEqualTo(5);
            assertThat(gauge(MessageDbMeter.CONSUMER_HEAD)).isEqualTo((double) head);
            assertThat(lagSeconds()).isBetween(3590.0, 3700.0);
        });
        mayGoOn.countDown();
        received.awaitCount(7);
        eventually().untilAsserted(() -> {
            assertThat(gauge(MessageDbMeter.CONSUMER_LAG)).isZero();
            assertThat(lagSeconds()).isZero();
            assertThat(gauge(MessageDbMeter.CONSUMER_POSITION)).isEqualTo((double) head);
        });
    }

    @Test
    void a_consumer_that_has_stopped_by_itself_shows_a_lag_that_grows() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        start(routes -> routes.from("messagedb:" + category + "?failurePolicy=stop")
                .routeId("consumer")
                .throwException(new IllegalStateException("on purpose")));
        eventually().untilAsserted(() -> {
            assertThat(state("failed")).isEqualTo(1);
            assertThat(gauge(MessageDbMeter.CONSUMER_LAG)).isEqualTo(2);
        });

        writeNumbers(category + "-1", 3, 4);

        eventually()
                .untilAsserted(
                        () -> assertThat(gauge(MessageDbMeter.CONSUMER_LAG)).isEqualTo(4));
    }

    @Test
    void a_producer_counts_and_times_what_it_writes_and_reads() throws Exception {
        start(routes -> {
            routes.from("direct:write").to("messagedb:" + category + "-1?messageType=A");
            routes.from("direct:read").to("messagedb:" + category + "?operation=readCategory");
        });
        sent("direct:write", "1");
        sent("direct:write", List.of(Map.of("data", "2"), Map.of("data", "3")));
        send("direct:write", "4", MessageDbConstants.EXPECTED_VERSION, 17);
        send("direct:write", "\"\\u0000\"");
        sent("direct:read", null);

        assertThat(search(MessageDbMeter.PRODUCER_WRITTEN).counter().count()).isEqualTo(3);
        assertThat(timed(MessageDbMeter.PRODUCER_WRITE, "success")).isEqualTo(2);
        assertThat(timed(MessageDbMeter.PRODUCER_WRITE, "conflict")).isEqualTo(1);
        assertThat(timed(MessageDbMeter.PRODUCER_WRITE, "failure")).isEqualTo(1);
        assertThat(search(MessageDbMeter.PRODUCER_WRITE_SIZE).summary().max()).isEqualTo(2);
        assertThat(timed(MessageDbMeter.PRODUCER_READ, "success")).isEqualTo(1);
        assertThat(search(MessageDbMeter.PRODUCER_READ_SIZE).summary().totalAmount())
                .isEqualTo(3);
    }

    @Test
    void no_tag_has_the_id_of_a_stream() throws Exception {
        start(routes -> {
            routes.from("messagedb:" + category + "-7?consumerId=x").process(received);
            routes.from("direct:write").toD("messagedb:" + category + "-${header.id}?messageType=A");
            routes.from("direct:odd").toD("messagedb:odd " + category + "-${header.id}?messageType=A");
        });
        for (int i = 100; i < 110; i++) {
            sent("direct:write", "1", "id", i);
            sent("direct:odd", "1", "id", i);
        }

        Set<String> values = meters.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .filter(tag -> tag.getKey().equals("category"))
                .map(Tag::getValue)
                .collect(Collectors.toSet());
        assertThat(values).containsExactlyInAnyOrder(category, "odd " + category);
        assertThat(search(MessageDbMeter.PRODUCER_WRITTEN)
                        .tag("category", category)
                        .counter()
                        .count())
                .isEqualTo(10);
    }

    @Test
    void the_meters_of_a_consumer_go_with_it_and_come_back_with_it() throws Exception {
        start(routes -> {
            routes.from("messagedb:" + category).routeId("consumer").process(received);
            routes.from("messagedb:" + category + "?consumerId=other")
                    .routeId("other")
                    .process(received);
        });

        context.getRouteController().stopRoute("consumer");
        assertThat(meters.find("messagedb.consumer.lag").meters())
                .extracting(meter -> meter.getId().getTag("route"))
                .containsExactly("other");
        context.getRouteController().startRoute("consumer");
        assertThat(meters.find("messagedb.consumer.lag").meters()).hasSize(2);
        context.stop();
        assertThat(meters.getMeters()).extracting(Meter::getId).isEmpty();
    }

    @Test
    void what_is_in_a_registry_of_registries_is_counted_once() throws Exception {
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        all.add(meters);
        context.getRegistry().bind("all", all);
        start(routes -> routes.from("direct:write").to("messagedb:" + category + "-1?messageType=A"));

        sent("direct:write", "1");

        assertThat(search(MessageDbMeter.PRODUCER_WRITTEN).counter().count()).isEqualTo(1);
    }

    @Test
    void all_of_several_registries_are_served() throws Exception {
        MeterRegistry second = new SimpleMeterRegistry();
        context.getRegistry().bind("second", second);
        start(routes -> routes.from("direct:write").to("messagedb:" + category + "-1?messageType=A"));

        sent("direct:write", "1");

        assertThat(search(MessageDbMeter.PRODUCER_WRITTEN).counter().count()).isEqualTo(1);
        assertThat(second.find(MessageDbMeter.PRODUCER_WRITTEN.id()).counter().count())
                .isEqualTo(1);
    }

    @Test
    void without_a_registry_nothing_is_measured_and_nobody_looks_for_lags() throws Exception {
        context.getRegistry().unbind("meters");
        writeNumbers(category + "-1", 1, 1);
        start(routes -> routes.from("messagedb:" + category).routeId("consumer").process(received));
        received.awaitCount(1);

        assertThat(meters.getMeters()).isEmpty();
        assertThat(threadsOfConsumers()).noneMatch(name -> name.contains("messagedb-lag"));
    }
}
