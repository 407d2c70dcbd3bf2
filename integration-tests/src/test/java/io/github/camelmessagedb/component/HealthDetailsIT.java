package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.testing.TcpProxy;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What health tells of a consumer, also while the database cannot be asked. */
@Timeout(120)
class HealthDetailsIT extends ComponentTest {

    private final Received received = new Received();

    private String from(String more) {
        return "messagedb:" + category + "?consumerId=x&retryDelay=20&maxRetryDelay=100&positionUpdateInterval=1"
                + more;
    }

    private HealthCheck.Result health() {
        return OwnershipIT.health(context);
    }

    private Object detail(String name) {
        return health().getDetails().get(name);
    }

    @Test
    void each_subscription_is_told_with_position_head_lag_and_owner() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        writeNumbers(category + "-1", 1, 4);
        long first = stream(category + "-1").get(0).globalPosition();
        start(routes -> routes.from(from(""))
                .routeId("consumer")
                .process(received)
                .process(exchange -> {
                    if (received.messages().size() == 2) {
                        mayGoOn.await();
                    }
                }));
        received.awaitCount(2);

        eventually()
                .untilAsserted(() -> assertThat(health().getDetails())
                        .containsEntry("subscription", "subscription to '" + category + "', consumer id 'x'")
                        .containsEntry("state", "RUNNING")
                        .containsEntry("position", first)
                        .containsEntry("head", first + 3)
                        .containsEntry("lag", 3L)
                        .containsKeys("storedPosition", "lagSeconds"));
        assertThat((String) detail("owner"))
                .contains(
                        context.getName(), "process " + ProcessHandle.current().pid());
        mayGoOn.countDown();
        eventually()
                .untilAsserted(() -> assertThat(health().getDetails())
                        .containsEntry("lag", 0L)
                        .containsEntry("lagSeconds", 0.0)
                        .doesNotContainKey("lastError"));
    }

    @Test
    void a_position_in_memory_has_no_owner() throws Exception {
        start(routes ->
                routes.from(from("&positionStore=memory")).routeId("consumer").process(received));

        eventually().until(() -> "RUNNING".equals(detail("state")));
        assertThat(detail("owner")).isNull();
    }

    @Test
    void a_database_that_is_away_is_no_reason_for_a_restart() throws Exception {
        try (EmbeddedMessageDb server =
                EmbeddedMessageDb.builder().durable(true).start()) {
            context.getRegistry()
                    .bind("pool", database.pool(server.dataSource(), config -> config.setConnectionTimeout(1000)));
            start(routes -> routes.from(from("")).routeId("consumer").process(received));
            eventually().until(() -> detail("lag") != null);

            server.stopServer();
            eventually().until(() -> health().getState() == HealthCheck.State.DOWN);

            assertThat(ofConsumers(HealthCheckHelper.invokeReadiness(context)))
                    .hasSize(1)
                    .allMatch(result -> result.getState() == HealthCheck.State.DOWN);
            assertThat(ofConsumers(HealthCheckHelper.invokeLiveness(context))).isEmpty();
            assertThat(health().getDetails())
                    .containsEntry("state", "RECOVERING")
                    .containsKeys("position", "lag", "owner", "lastError");
            server.startServer();
            eventually().until(() -> health().getState() == HealthCheck.State.UP);
            assertThat((String) detail("lastError")).contains("over");
            context.stop();
        }
    }

    private static Collection<HealthCheck.Result> ofConsumers(Collection<HealthCheck.Result> results) {
        return results.stream()
                .filter(result -> result.getCheck().getId().contains("consumer"))
                .toList();
    }

    @Test
    void a_consumer_that_has_stopped_for_good_is_shown_and_not_restarted() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        start(routes -> routes.from(from("&failurePolicy=stop"))
                .routeId("consumer")
                .throwException(new IllegalStateException("on purpose")));

        eventually().until(() -> "FAILED".equals(detail("state")));

        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat((String) detail("lastError")).contains("failurePolicy is stop");
        assertThat(ofConsumers(HealthCheckHelper.invokeLiveness(context))).isEmpty();
    }

    /** This pool waits for ten minutes for a connection, and its connections for an answer. */
    @Test
    @Timeout(60)
    void health_answers_while_the_database_does_not() throws Exception {
        try (TcpProxy proxy = TcpProxy.of(database)) {
            var dataSource = proxy.through(database.dataSource());
            dataSource.setSocketTimeout(600);
            HikariDataSource proxied = database.pool(dataSource, config -> config.setConnectionTimeout(600_000));
            context.getRegistry().bind("pool", proxied);
            start(routes -> routes.from(from("")).routeId("consumer").process(received));
            eventually().until(() -> detail("lag") != null);

            proxy.stopForwarding();
            // Both the consumer and who looks for the lag wait, for an answer or for a connection.
            eventually()
                    .until(() -> proxied.getHikariPoolMXBean().getActiveConnections()
                                    + proxied.getHikariPoolMXBean().getThreadsAwaitingConnection()
                            >= 2);

            assertThat(health().getDetails()).containsKeys("state", "position", "lag");
            proxy.cutAll();
            proxy.forward();
            writeNumbers(category + "-1", 1, 1);
            received.awaitCount(1);
            context.stop();
        }
    }
}
