package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.OutcomeUnknownException;
import io.github.camelmessagedb.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The database goes away and comes back. */
@Timeout(120)
class OutageIT extends ComponentTest {

    private final Received received = new Received();

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    private String from() {
        return "messagedb:" + category + "?retryDelay=20&maxRetryDelay=100&positionUpdateInterval=1";
    }

    /** A server of this test's own. */
    private HikariDataSource poolOf(EmbeddedMessageDb server) {
        return database.pool(server.dataSource(), config -> config.setConnectionTimeout(1000));
    }

    private void write(EmbeddedMessageDb server, int from, int to) {
        MessageStore store = new MessageStore(server.dataSource());
        for (int i = from; i <= to; i++) {
            store.writer().write(NewMessage.of(category + "-1", "Counted", Integer.toString(i)), ExpectedVersion.ANY);
        }
    }

    @Test
    void a_restart_of_the_server_is_survived_by_consumer_and_producer() throws Exception {
        try (EmbeddedMessageDb server =
                        EmbeddedMessageDb.builder().durable(true).start();
                Logs logs = Logs.of(io.github.camelmessagedb.subscription.Subscription.class)) {
            context.getRegistry().bind("pool", poolOf(server));
            write(server, 1, 5);
            start(routes -> {
                routes.from(from()).routeId("consumer").process(received);
                routes.from("direct:write")
                        .onException(StoreUnavailableException.class, OutcomeUnknownException.class)
                        .maximumRedeliveries(-1)
                        .redeliveryDelay(50)
                        .end()
                        .to("messagedb:" + category + "-1?messageType=Counted");
            });
            received.awaitCount(5);

            server.stopServer();
            eventually().until(() -> OwnershipIT.health(context).getState() == HealthCheck.State.DOWN);
            assertThat(OwnershipIT.health(context).getDetails()).containsEntry("state", "RECOVERING");
            var writing = template.asyncSendBody("direct:write", "6");
            server.startServer();
            writing.get();
            received.awaitCount(6);

            assertThat(received.numbers()).isEqualTo(range(1, 6));
            eventually().until(() -> OwnershipIT.health(context).getState() == HealthCheck.State.UP);
            assertThat(logs.all().stream().filter(line -> line.startsWith("WARN")))
                    .hasSize(1);
            eventually()
                    .untilAsserted(() -> assertThat(logs.all())
                            .anyMatch(line -> line.startsWith("INFO") && line.contains("works again")));
            context.stop();
        }
    }

    @Test
    void a_start_with_the_database_down_waits_for_it() throws Exception {
        try (EmbeddedMessageDb server =
                EmbeddedMessageDb.builder().durable(true).start()) {
            write(server, 1, 3);
            server.stopServer();
            context.getRegistry().unbind("pool");
            MessageDbComponent component = context.getComponent("messagedb", MessageDbComponent.class);
            component.setJdbcUrl(server.jdbcUrl());
            component.setUsername("message_store");

            start(routes -> routes.from(from()).routeId("consumer").process(received));
            eventually().until(() -> OwnershipIT.health(context).getState() == HealthCheck.State.DOWN);
            server.startServer();
            received.awaitCount(3);

            assertThat(received.numbers()).isEqualTo(range(1, 3));
            context.stop();
        }
    }

    @Test
    void killed_sessions_cost_no_message() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        start(routes -> routes.from(from() + "&batchSize=5").routeId("consumer").process(received));
        Thread killer = new Thread(() -> {
            while (!done.get()) {
                database.execute("SELECT pg_terminate_backend(pid), pg_sleep(0.5) FROM pg_stat_activity"
                        + " WHERE usename = 'message_store' AND datname = current_database()");
            }
        });
        killer.start();
        try {
            for (int i = 0; i < 20; i++) {
                int from = i * 10 + 1;
                eventually().ignoreExceptions().until(() -> {
                    if (stream(category + "-1").size() < from) {
                        writeNumbers(category + "-1", from, from + 9);
                    }
                    return true;
                });
            }
        } finally {
            done.set(true);
            killer.join();
        }
        eventually().until(() -> received.numbers().stream().distinct().count() == 200);

        assertThat(received.numbers().stream().distinct()).containsExactlyElementsOf(range(1, 200));
        eventually().until(() -> OwnershipIT.health(context).getState() == HealthCheck.State.UP);
    }

    @Test
    void a_role_that_may_not_log_in_is_told_with_a_remedy_and_waited_for() throws Exception {
        database.execute("CREATE ROLE locked_out NOLOGIN IN ROLE message_store");
        database.execute("ALTER ROLE locked_out SET search_path = message_store");
        try {
            context.getRegistry().bind("pool", database.pool(database.dataSource("locked_out"), config -> {}));
            writeNumbers(category + "-1", 1, 1);

            start(routes -> routes.from(from()).routeId("consumer").process(received));
            eventually().until(() -> OwnershipIT.health(context).getState() == HealthCheck.State.DOWN);
            String message = OwnershipIT.health(context).getMessage().orElseThrow();
            database.execute("ALTER ROLE locked_out LOGIN");
            received.awaitCount(1);

            assertThat(message).contains("LOG IN");
        } finally {
            context.stop();
            database.execute("ALTER ROLE locked_out NOLOGIN");
        }
    }

    @Test
    void no_connection_is_held_while_an_exchange_is_routed() throws Exception {
        pool.setMaximumPoolSize(1);
        writeNumbers(category + "-1", 1, 3);

        start(routes -> routes.from(from())
                .process(exchange -> assertThat(pool.getHikariPoolMXBean().getActiveConnections())
                        .isZero())
                .to("messagedb:" + category + "copy-1?messageType=A")
                .process(received));
        received.awaitCount(3);

        assertThat(received.numbers()).isEqualTo(range(1, 3));
        assertThat(stream(category + "copy-1")).hasSize(3);
    }
}
