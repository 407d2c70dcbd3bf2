package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.subscription.HandlingFailedException;
import io.github.camelmessagedb.subscription.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a message that is not handled, and who is told. */
@Timeout(60)
class FailurePolicyIT extends ComponentTest {

    private final Received received = new Received();
    private final AtomicBoolean broken = new AtomicBoolean(true);

    private void startFailingAt(int number, String options) throws Exception {
        start(routes -> routes.from("messagedb:" + category + "?" + options)
                .routeId("consumer")
                .process(exchange -> {
                    if (broken.get() && exchange.getMessage().getBody(Integer.class) == number) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .process(received));
    }

    @Test
    void skip_leaves_it_out_and_warns() throws Exception {
        writeNumbers(category + "-1", 1, 4);

        try (Logs logs = Logs.of(Subscription.class)) {
            startFailingAt(2, "failurePolicy=skip");
            received.awaitCount(3);
            context.stop();

            assertThat(logs.all().stream().filter(line -> line.startsWith("WARN")))
                    .singleElement()
                    .asString()
                    .contains("failurePolicy is skip", category + "-1", "on purpose");
        }
        assertThat(received.numbers()).containsExactly(1, 3, 4);
        assertThat(storedPosition(category + ":position"))
                .isEqualTo(stream(category + "-1").get(3).globalPosition());
    }

    @Test
    void stop_ends_the_consumer_before_it_and_a_start_begins_with_it() throws Exception {
        writeNumbers(category + "-1", 1, 4);
        startFailingAt(3, "failurePolicy=stop");
        eventually().until(() -> OwnershipIT.health(context).getState() == HealthCheck.State.DOWN);

        assertThat(OwnershipIT.health(context).getDetails()).containsEntry("state", "FAILED");
        assertThat(OwnershipIT.health(context).getMessage().orElseThrow())
                .contains("failurePolicy is stop", category + "-1");
        assertThat(received.numbers()).containsExactly(1, 2);
        // It is stored after the state has changed.
        eventually()
                .untilAsserted(() -> assertThat(storedPosition(category + ":position"))
                        .isEqualTo(stream(category + "-1").get(1).globalPosition()));

        broken.set(false);
        context.getRouteController().stopRoute("consumer");
        context.getRouteController().startRoute("consumer");
        received.awaitCount(4);
        assertThat(received.numbers()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void stop_is_logged_once_with_where_the_failure_comes_from() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        try (Logs logs = Logs.of(MessageDbConsumer.class)) {
            startFailingAt(1, "failurePolicy=stop");
            eventually().until(() -> !logs.errors().isEmpty());
            context.stop();

            assertThat(logs.all())
                    .singleElement()
                    .asString()
                    .startsWith("ERROR The subscription to '" + category + "' has stopped: ")
                    .contains("failurePolicy is stop", "IllegalStateException: on purpose", "\tat ");
        }
    }

    @Test
    void an_exception_handler_of_one_s_own_is_told_of_an_end() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        List<Throwable> seen = new CopyOnWriteArrayList<>();
        context.getRegistry().bind("handler", handler(seen));
        startFailingAt(1, "failurePolicy=stop&exceptionHandler=#handler");

        eventually().until(() -> !seen.isEmpty());
        assertThat(seen).singleElement().isInstanceOf(HandlingFailedException.class);
    }

    @Test
    void one_that_does_not_exist_is_named() {
        assertThatThrownBy(() -> startFailingAt(1, "failurePolicy=forget"))
                .hasStackTraceContaining("Bad failurePolicy 'forget': it must be one of retry, stop, skip");
    }

    @Test
    void a_bridged_error_handler_sees_that_the_database_is_away_and_the_consumer_goes_on() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        List<Throwable> seen = new CopyOnWriteArrayList<>();
        start(routes -> {
            routes.onException(Exception.class)
                    .handled(true)
                    .process(exchange -> seen.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
            routes.from("messagedb:" + category + "?bridgeErrorHandler=true&retryDelay=20&maxRetryDelay=20")
                    .process(received);
        });
        received.awaitCount(1);

        database.execute("REVOKE SELECT ON message_store.messages FROM message_store");
        try {
            eventually().until(() -> !seen.isEmpty());
        } finally {
            database.execute("GRANT SELECT ON message_store.messages TO message_store");
        }
        writeNumbers(category + "-1", 2, 2);
        received.awaitCount(2);

        assertThat(seen.get(0)).hasMessageContaining("permission denied");
        assertThat(received.numbers()).containsExactly(1, 2);
    }

    private static ExceptionHandler handler(List<Throwable> seen) {
        return new ExceptionHandler() {
            @Override
            public void handleException(Throwable exception) {
                seen.add(exception);
            }

            @Override
            public void handleException(String message, Throwable exception) {
                seen.add(exception);
            }

            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                seen.add(exception);
            }
        };
    }

    @Test
    void an_exception_handler_of_one_s_own_is_told() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        List<Throwable> seen = new CopyOnWriteArrayList<>();
        context.getRegistry().bind("handler", handler(seen));
        start(routes -> routes.from(
                        "messagedb:" + category + "?exceptionHandler=#handler&retryDelay=20&maxRetryDelay=20")
                .process(received));
        received.awaitCount(1);

        database.execute("REVOKE SELECT ON message_store.messages FROM message_store");
        try {
            eventually().until(() -> !seen.isEmpty());
        } finally {
            database.execute("GRANT SELECT ON message_store.messages TO message_store");
        }

        assertThat(seen.get(0)).hasMessageContaining("permission denied");
    }
}
