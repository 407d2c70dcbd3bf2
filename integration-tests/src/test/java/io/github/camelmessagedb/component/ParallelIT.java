package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.NewMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several messages routed at once. */
@Timeout(60)
class ParallelIT extends ComponentTest {

    private static final int STREAMS = 40;
    private static final int EACH = 25;

    private final Received received = new Received();

    private void writeToAllStreams() {
        List<NewMessage> messages = new ArrayList<>();
        for (int number = 1; number <= EACH; number++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                messages.add(NewMessage.of(category + "-" + stream, "Counted", Integer.toString(number)));
            }
        }
        store().writer().write(messages, Map.of());
    }

    private void assertAllInOrderOnce() {
        for (int stream = 0; stream < STREAMS; stream++) {
            assertThat(received.numbers(category + "-" + stream))
                    .isEqualTo(IntStream.rangeClosed(1, EACH).boxed().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&maxInFlight=8", "&positionUpdateInterval=1"})
    void each_stream_stays_in_order(String options) throws Exception {
        writeToAllStreams();
        Set<String> threads = ConcurrentHashMap.newKeySet();

        start(routes -> routes.from("messagedb:" + category + "?concurrentConsumers=4" + options)
                .process(exchange -> threads.add(Thread.currentThread().getName()))
                .process(received));
        received.awaitCount(STREAMS * EACH);
        context.stop();

        assertAllInOrderOnce();
        assertThat(threads).hasSizeBetween(2, 4);
        assertThat(storedPosition(category + ":position"))
                .isEqualTo(categoryMessages(category).get(STREAMS * EACH - 1).globalPosition());
    }

    @Test
    void streams_are_routed_at_the_same_time() throws Exception {
        CountDownLatch two = new CountDownLatch(2);
        writeToAllStreams();

        start(routes -> routes.from("messagedb:" + category + "?concurrentConsumers=4")
                .process(exchange -> {
                    two.countDown();
                    assertThat(two.await(30, TimeUnit.SECONDS)).isTrue();
                })
                .process(received));
        received.awaitCount(STREAMS * EACH);

        assertAllInOrderOnce();
    }

    @Test
    void a_message_that_fails_holds_up_its_worker_only_and_the_stored_position() throws Exception {
        writeToAllStreams();
        String failing = category + "-7";

        start(routes -> routes.from("messagedb:" + category + "?concurrentConsumers=4&retryDelay=20&maxRetryDelay=20")
                .routeId("consumer")
                .process(exchange -> {
                    if (failing.equals(exchange.getMessage().getHeader(MessageDbConstants.STREAM_NAME))) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .process(received));
        eventually().until(() -> received.messages().size() > STREAMS * EACH / 4);
        context.stop();

        long position = Objects.requireNonNull(storedPosition(category + ":position"));
        assertThat(position).isLessThan(stream(failing).get(0).globalPosition());
        assertThat(received.numbers(failing)).isEmpty();
    }

    @Test
    void a_message_that_fails_stalls_the_consumer_at_the_distance() throws Exception {
        writeNumbers(category + "-fails", 1, 1);
        writeToAllStreams();

        start(routes -> routes.from("messagedb:" + category
                        + "?concurrentConsumers=4&maxInFlight=50&retryDelay=10&maxRetryDelay=10")
                .process(exchange -> {
                    String stream = exchange.getMessage().getHeader(MessageDbConstants.STREAM_NAME, String.class);
                    if (stream.endsWith("fails")) {
                        // The others have all the time that they want.
                        assertThat(received.messages()).hasSizeLessThan(50);
                        throw new IllegalStateException("on purpose");
                    }
                })
                .process(received));
        eventually().until(() -> received.messages().size() > 20);
        context.stop();

        assertThat(received.messages()).hasSizeLessThan(50);
    }

    /** Keeps exchanges until somebody lets them go. */
    private static final class Waiting extends AsyncProcessorSupport {

        private final Queue<Runnable> callbacks = new ConcurrentLinkedQueue<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            callbacks.add(() -> callback.done(false));
            return false;
        }

        void letOneGo() {
            Runnable callback = callbacks.poll();
            if (callback != null) {
                callback.run();
            }
        }
    }

    private Waiting fourWaiting() throws Exception {
        writeToAllStreams();
        Waiting waiting = new Waiting();
        start(routes -> routes.from("messagedb:" + category + "?concurrentConsumers=4")
                .routeId("consumer")
                .process(waiting)
                .process(received));
        eventually().until(() -> waiting.callbacks.size() == 4);
        return waiting;
    }

    @Test
    void a_waiting_exchange_holds_no_thread_and_is_completed_by_whoever_it_waited_for() throws Exception {
        Waiting waiting = fourWaiting();

        // Who has just begun the fourth is still on its way out.
        eventually().untilAsserted(() -> assertThat(busyThreads()).isEmpty());

        AtomicInteger most = new AtomicInteger();
        eventually().until(() -> {
            most.accumulateAndGet(waiting.callbacks.size(), Math::max);
            waiting.letOneGo();
            return received.messages().size() == STREAMS * EACH;
        });
        assertAllInOrderOnce();
        assertThat(most).hasValueLessThanOrEqualTo(4);
    }

    /** Threads of the consumer that are in the middle of routing. */
    private static List<String> busyThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> Arrays.stream(entry.getValue())
                        .anyMatch(frame -> frame.getClassName().endsWith("subscription.Lane")))
                .map(Map.Entry::getKey)
                .map(Thread::getName)
                .toList();
    }

    @Test
    void a_stop_waits_for_all_that_is_routed() throws Exception {
        Waiting waiting = fourWaiting();

        Thread stopping = new Thread(() -> context.stop());
        stopping.start();
        eventually().until(() -> {
            waiting.letOneGo();
            return !stopping.isAlive();
        });

        assertThat(received.messages()).hasSize(4);
        assertThat(received.messages().stream().map(message -> message.getHeader(MessageDbConstants.POSITION)))
                .containsOnly(0L);
    }

    @Test
    void the_messages_of_a_list_have_their_own_headers() throws Exception {
        writeToAllStreams();

        start(routes -> routes.from("messagedb:" + category + "?concurrentConsumers=4&batching=true&batchSize=10")
                .split(routes.body())
                .process(received));
        received.awaitCount(STREAMS * EACH);

        assertAllInOrderOnce();
        assertThat(received.messages().stream()
                        .map(Message::getHeaders)
                        .map(headers -> headers.get(MessageDbConstants.GLOBAL_POSITION))
                        .distinct())
                .hasSize(STREAMS * EACH);
    }
}
