package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What tests of the component share: a database for the class, a pool and a context for the test. After each test no
 * connection is borrowed and no thread of the component is left.
 */
abstract class ComponentTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.extension();

    private static final AtomicInteger CATEGORIES = new AtomicInteger();

    private final Deque<DefaultCamelContext> contexts = new ArrayDeque<>();

    /** Of this test alone. */
    final String category = "category" + CATEGORIES.incrementAndGet();

    HikariDataSource pool;
    DefaultCamelContext context;
    ProducerTemplate template;

    @BeforeEach
    void makeContext() throws Exception {
        pool = database.pool(poolSize());
        context = newContext();
        template = context.createProducerTemplate();
    }

    int poolSize() {
        return 5;
    }

    boolean withJmx() {
        return false;
    }

    /** Another context on the same database, not started, closed after the test. */
    DefaultCamelContext newContext() throws Exception {
        DefaultCamelContext made = new DefaultCamelContext();
        if (!withJmx()) {
            made.disableJMX();
        }
        made.getShutdownStrategy().setTimeout(10);
        made.getRegistry().bind("pool", pool);
        HealthCheckRegistry health = HealthCheckRegistry.get(made);
        health.register(health.resolveById("consumers"));
        contexts.push(made);
        return made;
    }

    @AfterEach
    void leaves_nothing_behind() {
        while (!contexts.isEmpty()) {
            contexts.pop().stop();
        }
        eventually().untilAsserted(() -> {
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(threadsOfConsumers()).isEmpty();
        });
        pool.close();
    }

    static List<String> threadsOfConsumers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.contains("messagedb"))
                .toList();
    }

    /** Adds routes and starts the context. */
    void start(LambdaRouteBuilder routes) throws Exception {
        addRoutes(routes);
        context.start();
    }

    void addRoutes(LambdaRouteBuilder routes) throws Exception {
        RouteBuilder.addRoutes(context, routes);
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5));
    }

    static MessageStore store() {
        return database.store();
    }

    /** Writes to a stream, past the component. */
    static long write(String stream, String type, String data) {
        return write(NewMessage.of(stream, type, data));
    }

    static long write(NewMessage message) {
        return store().writer().write(message, ExpectedVersion.ANY);
    }

    /** Writes numbers from a first to a last one to a stream. */
    static void writeNumbers(String stream, int from, int to) {
        List<NewMessage> messages = new java.util.ArrayList<>();
        for (int i = from; i <= to; i++) {
            messages.add(NewMessage.of(stream, "Counted", Integer.toString(i)));
        }
        store().writer().write(messages, java.util.Map.of());
    }

    static List<StoredMessage> stream(String name) {
        return store().reader().readStream(ReadQuery.of(name)).messages();
    }

    static List<StoredMessage> categoryMessages(String name) {
        return store().reader().readCategory(ReadQuery.of(name)).messages();
    }

    static Optional<StoredMessage> last(String stream) {
        return store().reader().readLastMessage(io.github.camelmessagedb.store.StreamName.of(stream), null);
    }

    /** The position that a position stream says; null where there is none. */
    static @Nullable Long storedPosition(String positionStream) {
        return last(positionStream)
                .map(message -> Long.valueOf(String.valueOf(message.data()).replaceAll("\\D", "")))
                .orElse(null);
    }

    /** Sends and answers the exchange, failed or not. */
    Exchange send(String uri, @Nullable Object body, Object... headers) {
        return template.request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getMessage().setHeader((String) headers[i], headers[i + 1]);
            }
        });
    }

    /** Sends what must succeed. */
    Exchange sent(String uri, @Nullable Object body, Object... headers) {
        Exchange exchange = send(uri, body, headers);
        assertThat(exchange.getException()).isNull();
        return exchange;
    }
}
