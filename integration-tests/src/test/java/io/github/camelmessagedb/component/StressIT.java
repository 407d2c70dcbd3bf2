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
import java.util.stream.IntStream;
import org.apache.camel.Message;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
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
        List<Integer> steps = new ArrayList<>();
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
                int what = random.nextInt(4);
                steps.add(what);
                step(what);
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
        eventually()
                .untilAsserted(() -> assertThat(distinct(received.messages()).size())
                        .as("%s %s", steps, context.getRoute("consumer").getConsumer())
                        .isEqualTo(all.size()));

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

    @Test
    void after_any_three_steps_a_start_or_resume_goes_on() throws Exception {
        start(routes -> routes.from("messagedb:" + category + "?pollInterval=5")
                .routeId("consumer")
                .process(received));
        for (int steps = 0; steps < 4 * 4 * 4; steps++) {
            step(steps % 4);
            step(steps / 4 % 4);
            step(steps / 16);
            if (context.getRouteController().getRouteStatus("consumer").isSuspended()) {
                context.getRouteController().resumeRoute("consumer");
            } else {
                context.getRouteController().startRoute("consumer");
            }
            writeNumbers(category + "-1", steps, steps);
            int last = steps;
            eventually()
                    .untilAsserted(() -> assertThat(received.numbers())
                            .as("%d, %d, %d %s", last % 4, last / 4 % 4, last / 16, state())
                            .hasSize(last + 1));
        }

        assertThat(received.numbers()).isEqualTo(IntStream.range(0, 64).boxed().toList());
    }

    private String state() {
        MessageDbConsumer consumer =
                (MessageDbConsumer) context.getRoute("consumer").getConsumer();
        return context.getRouteController().getRouteStatus("consumer") + ", consumer " + consumer.getStatus() + ", "
                + consumer.status();
    }

    private void step(int what) throws Exception {
        RouteController routes = context.getRouteController();
        switch (what) {
            case 0 -> routes.stopRoute("consumer");
            case 1 -> routes.startRoute("consumer");
            // Of a stopped route that is suspended and resumed Camel says that it is started, and leaves any consumer
            // stopped.
            case 2 -> {
                if (routes.getRouteStatus("consumer").isStarted()) {
                    routes.suspendRoute("consumer");
                }
            }
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
