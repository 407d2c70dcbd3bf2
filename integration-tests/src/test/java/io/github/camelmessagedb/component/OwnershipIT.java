package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StoredMessage;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Two consumers of the same identity, and what health says of consumers. */
class OwnershipIT extends ComponentTest {

    private final Received received = new Received();

    static HealthCheck.Result health(DefaultCamelContext program) {
        return HealthCheckHelper.invoke(program).stream()
                .filter(result -> result.getCheck().getId().equals("consumer:consumer"))
                .findFirst()
                .orElseThrow();
    }

    private DefaultCamelContext program(Received received) throws Exception {
        DefaultCamelContext program = newContext();
        RouteBuilder.addRoutes(
                program,
                routes -> routes.from("messagedb:" + category + "?consumerId=x&positionUpdateInterval=1&retryDelay=10")
                        .routeId("consumer")
                        .process(received));
        program.start();
        return program;
    }

    /** Until the position is stored that so many messages were handled. */
    private void awaitStored(int messages) {
        long position = stream(category + "-1").get(messages - 1).globalPosition();
        eventually().until(() -> {
            List<StoredMessage> stored = categoryMessages(category + ":position");
            return Objects.requireNonNull(stored.get(stored.size() - 1).data())
                    .equals("{\"position\": " + position + "}");
        });
    }

    @Test
    void of_two_consumers_of_one_identity_the_older_stops_and_says_why() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        Received second = new Received();
        try (Logs logs = Logs.of(MessageDbConsumer.class)) {
            DefaultCamelContext older = program(received);
            received.awaitCount(2);
            awaitStored(2);
            int stored = categoryMessages(category + ":position").size();

            DefaultCamelContext newer = program(second);
            eventually().until(() -> categoryMessages(category + ":position").size() > stored);
            writeNumbers(category + "-1", 3, 10);
            second.awaitCount(8);
            eventually().until(() -> health(older).getState() == HealthCheck.State.DOWN);

            assertThat(second.numbers())
                    .isEqualTo(IntStream.rangeClosed(3, 10).boxed().toList());
            assertThat(health(newer).getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(health(older).getDetails())
                    .containsEntry("state", "FAILED")
                    .containsEntry("subscription", "subscription to '" + category + "', consumer id 'x'");
            assertThat(health(older).getMessage().orElseThrow()).contains(category + ":position-x");
            // It is said when it has stopped, which health shows before.
            eventually().until(() -> !logs.errors().isEmpty());
            assertThat(logs.errors())
                    .singleElement()
                    .asString()
                    .contains("subscription to '" + category + "', consumer id 'x'")
                    .contains(category + ":position-x")
                    .contains("same identity");
        }
    }

    @Test
    void a_consumer_that_stopped_for_another_may_be_started_again() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        DefaultCamelContext older = program(received);
        received.awaitCount(2);
        awaitStored(2);
        write(NewMessage.of(
                category + ":position-x",
                "Recorded",
                "{\"position\": " + stream(category + "-1").get(1).globalPosition() + "}"));
        writeNumbers(category + "-1", 3, 3);
        eventually().until(() -> health(older).getState() == HealthCheck.State.DOWN);

        older.getRouteController().stopRoute("consumer");
        older.getRouteController().startRoute("consumer");
        received.awaitCount(4);

        assertThat(received.numbers()).containsExactly(1, 2, 3, 3);
        eventually().until(() -> health(older).getState() == HealthCheck.State.UP);
    }

    @Test
    void health_is_up_with_both_positions() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        DefaultCamelContext program = program(received);
        received.awaitCount(2);
        long last = stream(category + "-1").get(1).globalPosition();

        eventually()
                .untilAsserted(() -> assertThat(health(program).getDetails())
                        .containsEntry("state", "RUNNING")
                        .containsEntry("position", last)
                        .containsEntry("storedPosition", last)
                        .containsEntry("subscription", "subscription to '" + category + "', consumer id 'x'"));
        assertThat(health(program).getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void health_is_down_while_a_message_is_retried_and_up_after() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        java.util.concurrent.atomic.AtomicBoolean broken = new java.util.concurrent.atomic.AtomicBoolean(true);
        start(routes -> routes.from("messagedb:" + category + "?retryDelay=5&maxRetryDelay=5")
                .routeId("consumer")
                .process(exchange -> {
                    if (broken.get()) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .process(received));

        eventually().until(() -> health(context).getState() == HealthCheck.State.DOWN);
        HealthCheck.Result down = health(context);
        broken.set(false);
        received.awaitCount(1);
        eventually().until(() -> health(context).getState() == HealthCheck.State.UP);

        assertThat(down.getDetails()).containsEntry("state", "RETRYING");
        assertThat(down.getMessage()).contains("on purpose");
        assertThat(health(context).getError()).isEmpty();
    }

    @Test
    void health_can_be_switched_off_for_the_component() throws Exception {
        context.getComponent("messagedb", MessageDbComponent.class).setHealthCheckConsumerEnabled(false);
        start(routes -> routes.from("messagedb:" + category).routeId("consumer").process(received));

        assertThat(health(context).getDetails()).doesNotContainKey("subscription");
    }

    @Test
    void where_the_position_is_kept_is_told_where_one_might_expect_otherwise() throws Exception {
        try (Logs logs = Logs.of(MessageDbEndpoint.class)) {
            start(routes -> {
                routes.from("messagedb:" + category + "-1").process(received);
                routes.from("messagedb:" + category + "?consumerGroupMember=0&consumerGroupSize=2")
                        .process(received);
                routes.from("messagedb:" + category + "?consumerId=x").process(received);
                routes.from("messagedb:" + category).process(received);
            });

            assertThat(logs.all())
                    .anyMatch(
                            line -> line.startsWith("WARN") && line.contains("'" + category + "-1' has no consumerId"))
                    .anyMatch(
                            line -> line.startsWith("INFO") && line.contains("'" + category + ":position-default+0-2'"))
                    .hasSize(2);
        }
    }
}
