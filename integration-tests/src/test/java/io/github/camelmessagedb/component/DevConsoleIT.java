package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The console that people look at while they develop. */
@Timeout(120)
class DevConsoleIT extends ComponentTest {

    private final Received received = new Received();
    private DevConsole console;

    @BeforeEach
    void find() {
        console = DevConsoleRegistry.get(context).resolveById("messagedb");
    }

    private String text() {
        return (String) console.call(MediaType.TEXT);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> subscriptions() {
        Map<String, Object> json = (Map<String, Object>) console.call(MediaType.JSON);
        return (List<Map<String, Object>>) Objects.requireNonNull(json.get("subscriptions"));
    }

    @Test
    void is_found_among_camels_own() {
        assertThat(console).isNotNull();
        assertThat(text()).isEqualTo("No consumer of Message DB is started");
    }

    @Test
    void tells_members_positions_lag_and_what_was_done() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        writeNumbers(category + "-2", 1, 3);
        long last = stream(category + "-2").get(2).globalPosition();
        start(routes -> {
            for (int member = 0; member < 2; member++) {
                routes.from("messagedb:" + category + "?consumerId=x&consumerGroupSize=2&consumerGroupMember=" + member)
                        .routeId("member" + member)
                        .process(received);
            }
        });
        received.awaitCount(6);

        eventually().untilAsserted(() -> {
            assertThat(subscriptions())
                    .hasSize(2)
                    .allSatisfy(subscription -> assertThat(subscription)
                            .containsEntry("state", "RUNNING")
                            .containsEntry("position", last)
                            .containsEntry("head", last)
                            .containsEntry("lag", 0L)
                            .containsKeys("rate", "owner"));
            assertThat(subscriptions().stream().mapToLong(it -> (long) it.get("handled")))
                    .hasSize(2)
                    .containsExactlyInAnyOrder(received(0), received(1));
        });
        assertThat(subscriptions().get(1))
                .containsEntry("route", "member1")
                .containsEntry("subscription", "subscription to '" + category + "', consumer id 'x', member 1 of 2");
        assertThat(text())
                .contains("Route member0: subscription to '" + category + "', consumer id 'x', member 0 of 2")
                .containsPattern("lag +0\n")
                .containsPattern("position +" + last + "\n");
    }

    /** How many messages are a member's: those of none, one or both streams. */
    private long received(int member) {
        ConsumerGroup group = new ConsumerGroup(member, 2);
        return List.of("-1", "-2").stream()
                        .filter(id -> group.reads(StreamName.of(category + id)))
                        .count()
                * 3;
    }

    @Test
    void tells_the_last_error_also_when_it_is_over() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        writeNumbers(category + "-1", 1, 1);
        start(routes -> routes.from("messagedb:" + category + "?retryDelay=5&maxRetryDelay=5")
                .routeId("consumer")
                .process(exchange -> {
                    if (broken.get()) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .process(received));
        eventually()
                .untilAsserted(() -> assertThat(subscriptions().get(0))
                        .containsEntry("state", "RETRYING")
                        .containsEntry("lastError", "on purpose"));

        broken.set(false);
        received.awaitCount(1);

        eventually()
                .untilAsserted(() -> assertThat((String) subscriptions().get(0).get("lastError"))
                        .startsWith("on purpose (")
                        .contains("over"));
    }
}
