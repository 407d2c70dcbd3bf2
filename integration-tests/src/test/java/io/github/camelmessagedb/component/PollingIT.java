package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.StoreUnavailableException;
import io.github.camelmessagedb.subscription.OwnershipLostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The EIPs poll and pollEnrich, and consumer templates. */
@Timeout(60)
class PollingIT extends ComponentTest {

    private static final Processor FAILURE = exchange -> {
        throw new IllegalStateException("on purpose");
    };

    /** Leaves the exchange as it is, and adds up what was polled. */
    private static final AggregationStrategy SUM = (old, polled) -> {
        if (polled != null) {
            old.getMessage()
                    .setBody(old.getMessage().getBody(String.class)
                            + polled.getMessage().getBody());
        }
        return old;
    };

    private final Received received = new Received();

    private String uri() {
        return "messagedb:" + category + "?consumerId=x&positionUpdateInterval=1";
    }

    private @Nullable Long position() {
        return storedPosition(category + ":position-x");
    }

    private Long positionOf(int index) {
        return categoryMessages(category).get(index).globalPosition();
    }

    private static @Nullable String body(Exchange exchange) {
        return exchange.getMessage().getBody(String.class);
    }

    /** What polling on, in another program, finds. */
    private List<String> rest() throws Exception {
        DefaultCamelContext next = newContext();
        next.start();
        List<String> rest = new ArrayList<>();
        try (ConsumerTemplate polling = next.createConsumerTemplate()) {
            for (String body = polling.receiveBodyNoWait(uri(), String.class);
                    body != null;
                    body = polling.receiveBodyNoWait(uri(), String.class)) {
                rest.add(body);
            }
        }
        next.stop();
        return rest;
    }

    private void poll(Processor then) throws Exception {
        start(routes -> routes.from("direct:poll").poll(uri(), 0).process(then).process(received));
    }

    @Test
    void poll_replaces_the_message() throws Exception {
        write(category + "-1", "Opened", "{\"a\": 1}");
        poll(exchange -> {});

        Exchange exchange = sent("direct:poll", "before");

        assertThat(body(exchange)).isEqualTo("{\"a\": 1}");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(MessageDbConstants.STREAM_NAME, category + "-1")
                .containsEntry(MessageDbConstants.MESSAGE_TYPE, "Opened")
                .containsEntry(MessageDbConstants.POSITION, 0L);
    }

    @Test
    void poll_without_a_message_leaves_no_body() throws Exception {
        poll(exchange -> {});

        assertThat(body(sent("direct:poll", "before"))).isNull();
    }

    @Test
    void poll_waits_for_a_message() throws Exception {
        start(routes -> routes.from("direct:poll").poll(uri()));
        CountDownLatch begun = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            begun.countDown();
            writeNumbers(category + "-1", 1, 1);
        });
        writer.start();
        begun.await();

        assertThat(body(sent("direct:poll", null))).isEqualTo("1");
        writer.join();
    }

    @Test
    void what_was_polled_and_done_does_not_come_again() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        poll(exchange -> {});

        sent("direct:poll", null);
        assertThat(position()).isEqualTo(positionOf(0));
        sent("direct:poll", null);
        context.stop();

        assertThat(rest()).containsExactly("3");
    }

    @Test
    void what_was_polled_and_failed_comes_again_before_anything_else_of_its_stream() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        AtomicInteger failures = new AtomicInteger();
        poll(exchange -> {
            if (failures.incrementAndGet() <= 2) {
                FAILURE.process(exchange);
            }
        });

        List<@Nullable String> bodies = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            bodies.add(body(send("direct:poll", null)));
        }

        assertThat(bodies).containsExactly("1", "1", "1", "2");
        assertThat(received.numbers()).containsExactly(1, 2);
    }

    @Test
    void what_failed_at_last_comes_again_in_the_next_program() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        poll(FAILURE);

        send("direct:poll", null);
        context.stop();

        assertThat(rest()).containsExactly("1", "2");
    }

    @Test
    void what_was_marked_for_rollback_comes_again() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        poll(exchange -> exchange.setRollbackOnly(true));

        send("direct:poll", null);

        assertThat(body(send("direct:poll", null))).isEqualTo("1");
    }

    @Test
    void what_an_error_handler_dealt_with_is_done() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        start(routes -> routes.from("direct:poll")
                .onException(IllegalStateException.class)
                .handled(true)
                .end()
                .poll(uri(), 0)
                .process(FAILURE));

        send("direct:poll", null);

        assertThat(body(send("direct:poll", null))).isEqualTo("2");
    }

    @Test
    void what_is_handed_over_is_done_where_it_ends() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        start(routes -> {
            routes.from("direct:poll").poll(uri(), 0).to("seda:later");
            routes.from("seda:later").process(exchange -> mayEnd.await()).process(received);
        });

        template.sendBody("direct:poll", "");
        Long whileHandled = position();
        mayEnd.countDown();
        eventually().until(() -> Objects.equals(position(), positionOf(0)));

        assertThat(whileHandled).isZero();
    }

    @Test
    void poll_enrich_is_done_with_the_exchange_that_it_enriches() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        List<@Nullable Long> positions = new ArrayList<>();
        start(routes -> routes.from("direct:poll")
                .pollEnrich(uri(), 0, SUM)
                .process(exchange -> positions.add(position()))
                .process(received));

        assertThat(body(sent("direct:poll", "="))).isEqualTo("=1");
        assertThat(body(sent("direct:poll", "="))).isEqualTo("=2");

        assertThat(positions).containsExactly(0L, positionOf(0));
        assertThat(position()).isEqualTo(positionOf(1));
    }

    @Test
    void what_an_aggregation_strategy_failed_on_comes_again() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        AtomicInteger failures = new AtomicInteger();
        start(routes -> routes.from("direct:poll").pollEnrich(uri(), 0, (old, polled) -> {
            if (failures.incrementAndGet() <= 1) {
                throw new IllegalStateException("on purpose");
            }
            return SUM.aggregate(old, polled);
        }));

        assertThat(send("direct:poll", "=").getException()).hasStackTraceContaining("on purpose");

        assertThat(body(sent("direct:poll", "="))).isEqualTo("=1");
    }

    @Test
    void a_redelivery_polls_what_it_could_not_merge() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        AtomicInteger failures = new AtomicInteger();
        start(routes -> routes.from("direct:poll")
                .errorHandler(
                        routes.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1))
                .pollEnrich(uri(), 0, (old, polled) -> {
                    if (failures.incrementAndGet() <= 2) {
                        throw new IllegalStateException("on purpose");
                    }
                    return SUM.aggregate(old, polled);
                }));

        assertThat(body(sent("direct:poll", "="))).isEqualTo("=1");
        assertThat(position()).isEqualTo(positionOf(0));
    }

    @Test
    void what_an_aggregation_strategy_did_not_want_comes_again() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        start(routes -> {
            routes.from("direct:unwanted").pollEnrich(uri(), 0, (old, polled) -> null);
            routes.from("direct:poll").poll(uri(), 0);
        });

        sent("direct:unwanted", null);

        assertThat(body(sent("direct:poll", null))).isEqualTo("1");
    }

    private void loop(int times, Processor then) throws Exception {
        start(routes -> routes.from("direct:loop")
                .loop(times)
                .pollEnrich(uri(), 0, SUM)
                .end()
                .process(then)
                .process(received));
    }

    @Test
    void one_exchange_may_poll_many_of_a_stream() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        loop(4, exchange -> assertThat(position()).isZero());

        assertThat(body(sent("direct:loop", "="))).isEqualTo("=1234");
        assertThat(position()).isEqualTo(positionOf(3));
    }

    @Test
    void all_that_a_failed_exchange_polled_comes_again_in_order() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        AtomicInteger failures = new AtomicInteger();
        loop(4, exchange -> {
            if (failures.incrementAndGet() <= 1) {
                FAILURE.process(exchange);
            }
        });

        send("direct:loop", "=");

        assertThat(body(sent("direct:loop", "="))).isEqualTo("=1234");
    }

    @Test
    void parts_of_a_split_poll_for_themselves() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start(routes -> routes.from("direct:split")
                .poll(uri(), 0)
                .setBody(routes.constant(List.of("a", "b")))
                .split(routes.body())
                .pollEnrich("messagedb:" + category + "-1?consumerId=y", 0, SUM)
                .process(received)
                .end());

        sent("direct:split", null);

        assertThat(received.bodies()).containsExactly("a1", "b2");
        assertThat(position()).isEqualTo(positionOf(0));
    }

    @Test
    void an_endpoint_for_each_poll_takes_no_position_away() throws Exception {
        writeNumbers(category + "-1", 1, 4);
        start(routes -> routes.from("direct:loop")
                .loop(3)
                .pollEnrich()
                .constant(uri())
                .timeout(0)
                .cacheSize(-1)
                .aggregationStrategy(SUM)
                .end()
                .end()
                .process(received));

        assertThat(body(sent("direct:loop", "="))).isEqualTo("=123");
        assertThat(rest()).containsExactly("4");
    }

    @Test
    void a_list_is_polled_with_batching() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        start(routes -> routes.from("direct:poll")
                .poll(uri() + "&batching=true&batchSize=3", 0)
                .process(received));

        Exchange exchange = sent("direct:poll", null);

        assertThat((List<?>) exchange.getMessage().getBody()).hasSize(3).allMatch(Message.class::isInstance);
        assertThat(received.numbers()).containsExactly(1, 2, 3);
        assertThat(position()).isEqualTo(positionOf(2));
    }

    @Test
    void what_follows_from_a_polled_message_says_so() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        start(routes -> routes.from("direct:poll").poll(uri(), 0).to("messagedb:" + category + "copy-1?messageType=A"));

        sent("direct:poll", null);

        assertThat(stream(category + "copy-1").get(0).metadata())
                .contains("\"causationMessageStreamName\": \"" + category + "-1\"");
    }

    @Test
    void the_body_that_a_template_received_is_done() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        context.start();
        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            assertThat(polling.receiveBody(uri())).isEqualTo("1");
            assertThat(polling.receiveBody(uri(), 1000, Integer.class)).isEqualTo(2);
        }

        assertThat(rest()).containsExactly("3");
    }

    @Test
    void a_template_s_exchange_is_done_when_it_says_so() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        context.start();
        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            polling.doneUoW(polling.receive(uri()));
            assertThat(position()).isEqualTo(positionOf(0));
            polling.receive(uri());
            polling.doneUoW(polling.receive(uri()));
            assertThat(position()).isEqualTo(positionOf(0));
        }

        assertThat(rest()).as("3 was done").containsExactly("2");
    }

    @Test
    void a_template_s_exchange_that_failed_comes_again() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        context.start();
        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            Exchange exchange = polling.receive(uri());
            exchange.setException(new IllegalStateException("on purpose"));
            polling.doneUoW(exchange);

            assertThat(polling.receiveBody(uri())).isEqualTo("1");
        }
    }

    @Test
    void a_template_s_exchange_that_is_routed_is_done_when_the_route_is() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        AtomicInteger failures = new AtomicInteger();
        start(routes -> routes.from("direct:route").process(exchange -> {
            if (failures.incrementAndGet() == 2) {
                FAILURE.process(exchange);
            }
        }));
        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            template.send("direct:route", polling.receive(uri()));
            assertThat(position()).isEqualTo(positionOf(0));
            template.send("direct:route", polling.receive(uri()));

            assertThat(polling.receiveBody(uri())).isEqualTo("2");
        }
    }

    @Test
    void all_who_poll_one_uri_share_it() throws Exception {
        writeNumbers(category + "-1", 1, 4);
        start(routes -> {
            routes.from("direct:poll").poll(uri(), 0);
            routes.from("direct:other").poll(uri(), 0);
        });
        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            assertThat(body(sent("direct:poll", null))).isEqualTo("1");
            assertThat(polling.receiveBody(uri())).isEqualTo("2");
            assertThat(body(sent("direct:other", null))).isEqualTo("3");
        }
        assertThat(body(sent("direct:poll", null))).isEqualTo("4");
    }

    @Test
    void what_a_killed_program_had_polled_comes_again_and_the_dead_stores_nothing() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        context.start();
        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            Exchange open = polling.receive(uri());

            assertThat(rest()).containsExactly("1", "2", "3");
            polling.doneUoW(open);

            assertThat(position()).isEqualTo(positionOf(2));
            assertThatThrownBy(() -> polling.receiveBodyNoWait(uri()))
                    .isInstanceOf(OwnershipLostException.class)
                    .hasMessageContaining(category + ":position-x");
        }
    }

    @Test
    void a_consumer_and_polling_do_not_share_a_position() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        start(routes -> routes.from(uri()).process(received));
        received.awaitCount(1);
        eventually().until(() -> Objects.equals(position(), positionOf(0)));
        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            polling.receiveBodyNoWait(uri());
            writeNumbers(category + "-1", 2, 2);
            received.awaitCount(2);
            eventually()
                    .until(() -> context.getRoutes().get(0).getConsumer() instanceof MessageDbConsumer consumer
                            && Objects.requireNonNull(consumer.status()).lastError() instanceof OwnershipLostException);
            assertThat(polling.receiveBodyNoWait(uri())).isEqualTo("2");
        }
    }

    @Test
    void a_database_that_fails_is_told_to_who_polls() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        poll(exchange -> {});
        database.execute("ALTER ROLE message_store NOLOGIN");
        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            assertThat(send("direct:poll", null).getException()).hasRootCauseInstanceOf(java.sql.SQLException.class);
            assertThatThrownBy(() -> polling.receive(uri(), 10)).isInstanceOf(StoreUnavailableException.class);
        } finally {
            database.execute("ALTER ROLE message_store LOGIN");
        }

        assertThat(body(sent("direct:poll", null))).isEqualTo("1");
    }

    @Test
    void a_stop_ends_the_wait_and_fails_what_waited() throws Exception {
        start(routes -> routes.from("seda:poll").poll(uri()).process(received));
        List<@Nullable Throwable> failures = new ArrayList<>();
        ConsumerTemplate polling = context.createConsumerTemplate();
        polling.receiveBodyNoWait(uri());
        CountDownLatch ended = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                polling.receive(uri());
            } catch (RuntimeException e) {
                failures.add(e);
            }
            ended.countDown();
        });
        waiting.start();
        eventually().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        polling.stop();
        ended.await();

        assertThat(failures).hasSize(1).first().isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void everything_can_be_polled() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        writeNumbers(category + "other-1", 2, 2);
        long first = stream(category + "-1").get(0).globalPosition();
        context.start();
        String everything = "messagedb:$all?consumerId=" + category + "&startPosition=" + first;

        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            assertThat(polling.receiveBodyNoWait(everything, String.class)).isEqualTo("1");
            assertThat(polling.receiveBodyNoWait(everything, String.class)).isEqualTo("2");
            assertThat(polling.receiveBodyNoWait(everything, String.class)).isNull();
        }
    }

    @Test
    void without_a_consumer_id_the_position_of_a_stream_is_kept_while_the_program_runs() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        String stream = "messagedb:" + category + "-1";
        DefaultCamelContext next = newContext();
        RouteBuilder.addRoutes(next, routes -> routes.from("direct:poll").poll(stream, 0));
        context.start();
        next.start();
        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            assertThat(polling.receiveBody(stream)).isEqualTo("1");
        }
        try (ConsumerTemplate polling = context.createConsumerTemplate()) {
            assertThat(polling.receiveBody(stream)).isEqualTo("2");
        }

        assertThat(next.createProducerTemplate().requestBody("direct:poll", (Object) null, String.class))
                .isEqualTo("1");
    }
}
