package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.component.MessageDbConstants;
import io.github.camelmessagedb.testing.TestDatabase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer that is slower than what there is to consume: it takes no more memory for that. */
@Tag("long")
@Timeout(600)
class BacklogFaultIT {

    private static final int MESSAGES = Integer.getInteger("messagedb.faults.backlog", 100_000);
    private static final int STREAMS = 20;
    private static final int BYTES = 4000;
    private static final int SAMPLE_EVERY = 10_000;

    /** All of them are some 400 megabytes, a page of a thousand is 4. */
    private static final long MOST_GROWTH = 64L << 20;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicLong least = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong most = new AtomicLong();
    private final AtomicLongArray next = new AtomicLongArray(STREAMS);
    private final AtomicInteger outOfOrder = new AtomicInteger();

    private void write() {
        database.execute("INSERT INTO message_store.messages (id, stream_name, position, type, data)"
                + " SELECT gen_random_uuid(), 'account-' || n % " + STREAMS + ", n / " + STREAMS
                + ", 'Large', to_jsonb(repeat('x', " + BYTES + ")) FROM generate_series(0, " + (MESSAGES - 1)
                + ") n ORDER BY n");
    }

    private void handle(Exchange exchange) {
        String stream =
                Objects.requireNonNull(exchange.getMessage().getHeader(MessageDbConstants.STREAM_NAME, String.class));
        long position =
                Objects.requireNonNull(exchange.getMessage().getHeader(MessageDbConstants.POSITION, Long.class));
        if (!next.compareAndSet(Integer.parseInt(stream.substring("account-".length())), position, position + 1)) {
            outOfOrder.incrementAndGet();
        }
        if (handled.incrementAndGet() % SAMPLE_EVERY == 0) {
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            least.accumulateAndGet(used, Math::min);
            most.accumulateAndGet(used, Math::max);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"account?", "account?concurrentConsumers=4", "account?batching=true&batchSize=100", "$all?"})
    void is_worked_off_in_order_and_in_little_memory(String name) throws Exception {
        write();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.getRegistry().bind("pool", database.pool(3));
            boolean lists = name.contains("batching");
            RouteBuilder.addRoutes(
                    context,
                    routes -> (lists
                                    ? routes.from("messagedb:" + name).split(routes.body())
                                    : routes.from("messagedb:" + name))
                            .process(this::handle));
            context.start();
            await().atMost(Duration.ofMinutes(5)).until(() -> handled.get() >= MESSAGES);
        }

        assertThat(handled).hasValue(MESSAGES);
        assertThat(outOfOrder).hasValue(0);
        assertThat(most.get() - least.get()).isLessThan(MOST_GROWTH);
    }
}
