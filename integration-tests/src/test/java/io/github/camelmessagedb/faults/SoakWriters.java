package io.github.camelmessagedb.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.component.MessageDbConstants;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.OutcomeUnknownException;
import io.github.camelmessagedb.store.StoreUnavailableException;
import io.github.camelmessagedb.store.TestStores;
import io.github.camelmessagedb.testing.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The writers of a soak: half of them call the store, half of them a route. None gives up. */
final class SoakWriters implements AutoCloseable {

    private static final int WRITERS = 20;
    private static final int LARGEST_BATCH = 30;
    private static final int STREAMS = 10_000;

    private final Oracle oracle;
    private final HikariDataSource pool;
    private final MessageStore store;
    private final DefaultCamelContext context;
    private final ProducerTemplate template;
    private final AtomicLong left = new AtomicLong();

    /** Writes a batch once, whatever it takes, and answers its positions. */
    @FunctionalInterface
    private interface Way {
        List<Long> write(List<NewMessage> batch);
    }

    SoakWriters(EmbeddedMessageDb server, Oracle oracle) throws Exception {
        this.oracle = oracle;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbcUrl());
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(5000);
        this.pool = new HikariDataSource(config);
        this.store = TestStores.of(pool);
        this.context = ConsumerProgram.context(server.jdbcUrl());
        RouteBuilder.addRoutes(
                context,
                routes -> routes.from("direct:write")
                        .onException(StoreUnavailableException.class, OutcomeUnknownException.class)
                        .maximumRedeliveries(-1)
                        .redeliveryDelay(50)
                        .end()
                        .to("messagedb:" + Soak.CATEGORY + "?messageType=Routed&" + TestStores.option()));
        context.start();
        this.template = context.createProducerTemplate();
    }

    /** About so many messages; returns when they are written. */
    void write(int messages, long seed) throws InterruptedException {
        left.set(messages);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(seed + i);
                Way way = i % 2 == 0 ? this::call : this::route;
                running.add(threads.submit(() -> write(way, random)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A writer gave up", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void write(Way way, Random random) {
        while (left.get() > 0) {
            int size = random.nextBoolean() ? 1 : 1 + random.nextInt(LARGEST_BATCH);
            left.addAndGet(-size);
            List<NewMessage> batch = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                batch.add(NewMessage.of(
                        Soak.CATEGORY + "-" + random.nextInt(STREAMS),
                        "Called",
                        "{\"number\": " + random.nextInt() + "}"));
            }
            batch.forEach(oracle::attempts);
            List<Long> positions = way.write(batch);
            for (int i = 0; i < size; i++) {
                oracle.acknowledges(batch.get(i), positions.get(i));
            }
        }
    }

    private List<Long> call(List<NewMessage> batch) {
        while (true) {
            try {
                return store.writer().write(batch, Map.of());
            } catch (StoreUnavailableException | OutcomeUnknownException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private List<Long> route(List<NewMessage> batch) {
        Exchange answer = template.send("direct:write", exchange -> {
            if (batch.size() > 1) {
                exchange.getMessage().setBody(batch);
            } else {
                NewMessage message = batch.get(0);
                exchange.getMessage().setBody(message.data());
                exchange.getMessage()
                        .setHeader(
                                MessageDbConstants.OVERRIDE_STREAM_NAME,
                                message.stream().value());
                exchange.getMessage()
                        .setHeader(
                                MessageDbConstants.OVERRIDE_MESSAGE_ID,
                                message.id().toString());
            }
        });
        if (answer.getException() != null) {
            throw new IllegalStateException("A route gave up", answer.getException());
        }
        return batch.size() > 1
                ? answer.getMessage().getHeader(MessageDbConstants.WRITTEN_POSITIONS, List.class)
                : List.of(answer.getMessage().getHeader(MessageDbConstants.WRITTEN_POSITION, Long.class));
    }

    @Override
    public void close() {
        context.stop();
        pool.close();
    }
}
