package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.Message;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Whatever is done to a route while messages are written: each is handled, and first times are in order. */
@Timeout(60)
class StressIT extends ComponentTest {

    private static final int STREAMS = 4;
    private static final int STEPS = 100;

    private final Received received = new Received();

    @RepeatedTest(2)
    void starts_stops_suspends_and_resumes_lose_nothing() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicInteger written = new AtomicInteger();
        start(routes -> routes.from("messagedb:" + category + "?batchSize=7&positionUpdateInterval=5&pollInterval=5"
                        + "&retryDelay=1&maxRetryDelay=2")
                .errorHandler(routes.noErrorHandler())
                .routeId("consumer")
                .process(exchange -> {
                    if (exchange.getMessage().getHeader(MessageDbConstants.GLOBAL_POSITION, Long.class) % 11 == 0
                            && random.nextInt(3) > 0) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .process(received));
        Thread writer = new Thread(() -> {
            for (int i = 0; writing.get(); i++) {
                writeNumbers(category + "-" + i % STREAMS, i, i);
                written.incrementAndGet();
            }
        });
        writer.start();
        try {
            for (int i = 0; i < STEPS; i++) {
                step(random.nextInt(4));
                int until = written.get() + random.nextInt(6);
                eventually().until(() -> written.get() >= until);
            }
        } finally {
            writing.set(false);
            writer.join();
        }
        List<StoredMessage> all = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            all.addAll(stream(category + "-" + i));
        }
        context.getRouteController().startRoute("consumer");
        context.getRouteController().resumeRoute("consumer");
        eventually().until(() -> distinct(received.messages()).size() >= all.size());

        Map<String, List<Integer>> handled = distinct(received.messages()).stream()
                .collect(Collectors.groupingBy(
                        message -> message.getHeader(MessageDbConstants.STREAM_NAME, String.class),
                        Collectors.mapping(message -> message.getBody(Integer.class), Collectors.toList())));
        Map<String, List<Integer>> stored = all.stream()
                .collect(Collectors.groupingBy(
                        message -> message.stream().value(),
                        Collectors.mapping(
                                message -> Integer.valueOf(String.valueOf(message.data())), Collectors.toList())));
        assertThat(handled).as("seed %d", seed).isEqualTo(stored);
        // Every end was a clean one.
        assertThat(received.messages()).as("seed %d", seed).hasSameSizeAs(all);
    }

    private void step(int what) throws Exception {
        RouteController routes = context.getRouteController();
        switch (what) {
            case 0 -> routes.stopRoute("consumer");
            case 1 -> routes.startRoute("consumer");
            case 2 -> routes.suspendRoute("consumer");
            default -> routes.resumeRoute("consumer");
        }
    }

    /** The first time of each. */
    private static List<Message> distinct(List<Message> messages) {
        return new ArrayList<>(messages.stream()
                .collect(Collectors.toMap(
                        message -> message.getHeader(MessageDbConstants.MESSAGE_ID, String.class),
                        message -> message,
                        (first, again) -> first,
                        java.util.LinkedHashMap::new))
                .values());
    }
}
