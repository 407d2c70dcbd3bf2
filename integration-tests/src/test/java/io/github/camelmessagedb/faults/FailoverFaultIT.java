package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StoreUnavailableException;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.store.TestStores;
import io.github.camelmessagedb.testing.Oracle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The primary dies, and a standby takes over. Programs know both by one JDBC URL. */
@Timeout(180)
class FailoverFaultIT {

    private static final String PRIMARY_ONLY = "targetServerType=primary&loginTimeout=5&connectTimeout=2";
    private static final String QUICKLY = "positionUpdateInterval=1&pollInterval=20&retryDelay=20&maxRetryDelay=200";

    @TempDir
    private Path directory;

    private PrimaryAndStandby servers;
    private DefaultCamelContext context;
    private final List<Integer> handled = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startServers() throws Exception {
        servers = PrimaryAndStandby.start(directory);
    }

    @AfterEach
    void stopServers() {
        if (context != null) {
            context.stop();
        }
        servers.close();
    }

    private void consume(String endpoint, String urlParameters) throws Exception {
        consume(
                endpoint,
                urlParameters,
                exchange -> handled.add(exchange.getMessage().getBody(Integer.class)));
    }

    private void consume(String endpoint, String urlParameters, Processor handler) throws Exception {
        context = ConsumerProgram.context(servers.jdbcUrl(urlParameters));
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        health.register(health.resolveById("consumers"));
        RouteBuilder.addRoutes(context, routes -> {
            routes.from(endpoint).routeId("consumer").process(handler);
            routes.from("direct:write")
                    .errorHandler(routes.noErrorHandler())
                    .to("messagedb:account-1?messageType=Counted");
        });
        context.start();
    }

    private static void write(MessageStore store, int from, int to) {
        store.writer().write(messages(from, to), Map.of());
    }

    private static List<NewMessage> messages(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> NewMessage.of("account-1", "Counted", Integer.toString(i)))
                .toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10));
    }

    private HealthCheck.Result health() {
        return HealthCheckHelper.invoke(context).stream()
                .filter(result -> result.getCheck().getId().equals("consumer:consumer"))
                .findFirst()
                .orElseThrow();
    }

    private MessageStore primary() {
        return TestStores.of(servers.primary().dataSource());
    }

    private MessageStore standby() {
        return TestStores.of(servers.standby().dataSource());
    }

    /**
     * Ten messages are on both servers; what was handled after that is lost, and its numbers go to others.
     */
    @ParameterizedTest
    @ValueSource(strings = {"messagedb:account?", "messagedb:$all?consumerId=x&"})
    void a_consumer_notices_that_the_standby_has_lost_what_it_has_handled(String endpoint) throws Exception {
        long firstLost = loseTail(endpoint, 100);
        write(standby(), 1001, 1200);
        awaitFailed();

        assertThat(handled).isEqualTo(range(1, 110));
        assertAllComesWithSeekTo(firstLost, endpoint, range(1001, 1200));
    }

    /**
     * A sequence keeps some 30 numbers in reserve, which a standby takes for given out: where no more than these are lost
     * none goes to another message, and nothing would be passed over. It is the position stream that has gone back.
     */
    @Test
    void a_consumer_notices_a_loss_that_it_could_go_on_after() throws Exception {
        long firstLost = loseTail("messagedb:account?", 5);
        write(standby(), 1001, 1040);
        awaitFailed();

        assertThat(handled.subList(0, 15)).isEqualTo(range(1, 15));
        assertThat(handled.subList(15, handled.size())).isEqualTo(range(1001, 1000 + handled.size() - 15));
        assertAllComesWithSeekTo(firstLost, "messagedb:account?", range(1001, 1040));
    }

    /** Answers the first position that is lost. */
    private long loseTail(String endpoint, int messages) throws Exception {
        consume(endpoint + QUICKLY, PRIMARY_ONLY);
        write(primary(), 1, 10);
        eventually().until(() -> handled.size() == 10);
        servers.awaitCaughtUp();
        servers.stopReplication();
        long firstLost =
                1 + standby().reader().lastPosition(StreamName.of("account")).orElseThrow();
        write(primary(), 11, 10 + messages);
        eventually().until(() -> handled.size() == 10 + messages);
        long last = primary().reader().lastPosition(StreamName.of("account")).orElseThrow();
        eventually().until(() -> health().getDetails().get("storedPosition") instanceof Long stored && stored >= last);
        servers.killPrimary();
        servers.promote();
        return firstLost;
    }

    private void awaitFailed() {
        eventually().until(() -> "FAILED".equals(health().getDetails().get("state")));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage().orElseThrow()).contains("The store has lost messages", "seekTo=");
    }

    private void assertAllComesWithSeekTo(long position, String endpoint, List<Integer> expected) throws Exception {
        context.stop();
        handled.clear();
        consume(endpoint + QUICKLY + "&seekTo=" + position, PRIMARY_ONLY);
        eventually().untilAsserted(() -> assertThat(handled).isEqualTo(expected));
    }

    @Test
    void where_nothing_was_lost_writers_and_consumers_go_on() throws Exception {
        Oracle oracle = new Oracle();
        oracle.begins("the consumer", 0);
        servers.replicateSynchronously();
        consume(
                "messagedb:account?concurrentConsumers=2&" + QUICKLY,
                PRIMARY_ONLY,
                exchange -> oracle.handles("the consumer", Program.id(exchange.getMessage())));
        PGSimpleDataSource both = new PGSimpleDataSource();
        both.setUrl(servers.jdbcUrl(PRIMARY_ONLY));
        Writers writers = new Writers(TestStores.of(both), oracle);
        writers.start(1);
        eventually().until(() -> oracle.handled() > 200);

        servers.killPrimary();
        servers.promote();
        int before = oracle.handled();
        eventually().until(() -> oracle.handled() > before + 200);
        writers.stop();
        eventually().until(oracle::hasHandledAllAcknowledged);
        context.stop();

        oracle.checkStored(servers.standby().ownerDataSource());
        oracle.checkHandled(servers.standby().ownerDataSource(), stream -> true);
    }

    /** A position that was being stored when the primary died takes half a minute to be given up. */
    @Test
    @Tag("long")
    void on_a_server_that_is_read_only_writes_fail_and_positions_wait_until_it_is_promoted() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        consume("messagedb:account?" + QUICKLY, "loginTimeout=5&connectTimeout=2", exchange -> {
            handled.add(exchange.getMessage().getBody(Integer.class));
            mayGoOn.await();
        });
        write(primary(), 1, 10);
        eventually().until(() -> handled.size() == 1);
        servers.awaitCaughtUp();
        servers.killPrimary();
        mayGoOn.countDown();
        eventually()
                .until(() -> "RECOVERING".equals(health().getDetails().get("state"))
                        && health().getMessage().orElseThrow().contains("read-only"));

        Exchange refused = context.createProducerTemplate()
                .send("direct:write", exchange -> exchange.getMessage().setBody("11"));
        assertThat(refused.getException())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("read-only")
                .hasMessageContaining("targetServerType=primary");
        servers.promote();
        write(standby(), 11, 20);
        eventually().until(() -> handled.size() == 20);

        assertThat(handled).isEqualTo(range(1, 20));
        eventually().until(() -> health().getState() == HealthCheck.State.UP);
    }
}
