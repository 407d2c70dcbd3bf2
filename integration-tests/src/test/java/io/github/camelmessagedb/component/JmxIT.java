package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What JMX shows of a consumer, and what can be done with it there. */
@Timeout(120)
class JmxIT extends ComponentTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Received received = new Received();

    @Override
    boolean withJmx() {
        return true;
    }

    private void start(String options) throws Exception {
        start(routes -> routes.from("messagedb:" + category + options)
                .routeId("consumer")
                .process(received));
    }

    private ObjectName consumer() throws Exception {
        Set<ObjectName> names = server.queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName()
                        + ",type=consumers,name=MessageDbConsumer*"),
                null);
        assertThat(names).hasSize(1);
        return names.iterator().next();
    }

    private Object attribute(String name) throws Exception {
        return server.getAttribute(consumer(), name);
    }

    private Object invoke(String operation, String... arguments) throws Exception {
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        return server.invoke(consumer(), operation, arguments, types);
    }

    private long positionOf(int number) {
        return stream(category + "-1").get(number - 1).globalPosition();
    }

    private void suspend() throws Exception {
        invoke("suspend");
        eventually().until(() -> "STOPPED".equals(attribute("SubscriptionState")));
    }

    @Test
    void attributes_tell_how_the_subscription_is_doing() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start("?positionUpdateInterval=1");
        received.awaitCount(3);

        eventually().untilAsserted(() -> {
            assertThat(attribute("Position")).isEqualTo(positionOf(3));
            assertThat(attribute("StoredPosition")).isEqualTo(positionOf(3));
            assertThat(attribute("Head")).isEqualTo(positionOf(3));
            assertThat(attribute("Lag")).isEqualTo(0L);
            assertThat(attribute("LagSeconds")).isEqualTo(0.0);
            assertThat(attribute("Handled")).isEqualTo(3L);
        });
        assertThat(attribute("Subscription")).isEqualTo("subscription to '" + category + "'");
        assertThat(attribute("SubscriptionState")).isEqualTo("RUNNING");
        assertThat(attribute("Failed")).isEqualTo(0L);
        assertThat(attribute("LastError")).isNull();
        assertThat(attribute("Rate")).isInstanceOf(Double.class);
        // Camel's own are there, too.
        assertThat(attribute("RouteId")).isEqualTo("consumer");
        assertThat(attribute("State")).isEqualTo("Started");
    }

    @Test
    void it_is_suspended_and_resumed() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        start("");
        received.awaitCount(1);

        suspend();
        writeNumbers(category + "-1", 2, 2);
        assertThat(attribute("State")).isEqualTo(ServiceStatus.Suspended.name());
        invoke("resume");
        received.awaitCount(2);

        assertThat(received.numbers()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource({"beginning,1", "2000-01-01T00:00:00Z,1", "end,4"})
    void the_position_is_set_while_it_is_suspended(String position, int next) throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start("");
        received.awaitCount(3);
        suspend();

        Object answer = invoke("resetPosition", position);
        writeNumbers(category + "-1", 4, 4);
        invoke("resume");
        received.awaitCount(3 + 5 - next);

        assertThat(received.numbers().subList(0, 4)).containsExactly(1, 2, 3, next);
        assertThat((String) answer).contains("subscription to '" + category + "' goes on after position");
    }

    @Test
    void the_position_is_set_to_a_number_and_the_route_begins_with_the_message_there() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start("");
        received.awaitCount(3);
        suspend();

        invoke("resetPosition", String.valueOf(positionOf(2)));
        assertThat(storedPosition(category + ":position")).isEqualTo(positionOf(1));
        context.getRouteController().stopRoute("consumer");
        context.getRouteController().startRoute("consumer");
        received.awaitCount(5);

        assertThat(received.numbers()).containsExactly(1, 2, 3, 2, 3);
    }

    @Test
    void the_position_is_set_after_the_failure_policy_has_stopped_it() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        start(routes -> routes.from("messagedb:" + category + "?failurePolicy=stop")
                .routeId("consumer")
                .process(received)
                .filter(routes.body().isEqualTo("2"))
                .throwException(new IllegalStateException("on purpose")));
        eventually().until(() -> "FAILED".equals(attribute("SubscriptionState")));
        assertThat((String) attribute("LastError")).contains("failurePolicy is stop");

        invoke("resetPosition", String.valueOf(positionOf(3)));
        invoke("suspend");
        invoke("resume");
        received.awaitCount(3);

        assertThat(received.numbers()).containsExactly(1, 2, 3);
    }

    @Test
    void the_position_is_not_set_while_it_runs() throws Exception {
        start("");
        eventually().until(() -> attribute("Position") != null);

        assertThatThrownBy(() -> invoke("resetPosition", "beginning"))
                .hasStackTraceContaining("subscription to '" + category + "' is running")
                .hasStackTraceContaining("while it is suspended or has stopped");
    }

    @Test
    void the_position_is_not_set_to_what_is_none_nor_under_a_seek() throws Exception {
        start("?seekTo=beginning");
        suspend();

        assertThatThrownBy(() -> invoke("resetPosition", "yesterday")).hasStackTraceContaining("Bad position");
        assertThatThrownBy(() -> invoke("resetPosition", "end")).hasStackTraceContaining("seekTo");
    }

    @Test
    void the_position_is_not_taken_back_from_another_consumer() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        start("?positionUpdateInterval=1");
        received.awaitCount(1);
        eventually().until(() -> Long.valueOf(positionOf(1)).equals(storedPosition(category + ":position")));
        write(category + ":position", "Recorded", "{\"position\": " + positionOf(1) + "}");
        writeNumbers(category + "-1", 2, 2);
        eventually().until(() -> "FAILED".equals(attribute("SubscriptionState")));

        assertThatThrownBy(() -> invoke("resetPosition", "beginning"))
                .hasStackTraceContaining("lost its position to another consumer");
    }
}
