package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.testing.Oracle;
import io.github.camelmessagedb.testing.Together;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads poll, by routes and templates, and some of what they polled fails: nothing is lost, each stream is in order. */
@Timeout(120)
class PollingThreadsIT extends ComponentTest {

    private static final int MESSAGES = 300;
    private static final int STREAMS = 7;
    private static final int THREADS = 4;
    private static final int ROUNDS = 3;

    private final long seed = System.nanoTime();
    private final Oracle oracle = new Oracle();

    private String uri() {
        return "messagedb:" + category + "?batchSize=13&positionUpdateInterval=7";
    }

    private void handle(int round, Message message) {
        oracle.handles(
                "round " + round, UUID.fromString(message.getHeader(MessageDbConstants.MESSAGE_ID, String.class)));
    }

    private void write() {
        for (int i = 0; i < MESSAGES; i++) {
            NewMessage message = NewMessage.of(category + "-" + i % STREAMS, "Counted", Integer.toString(i));
            oracle.attempts(message);
            oracle.acknowledges(message, write(message));
        }
    }

    /** Until all was handled, or so many are left for the next program, which is not told that this one has ended. */
    private void poll(DefaultCamelContext program, int left, int round) {
        Together.call(THREADS, number -> {
            Random random = new Random(seed + number + 100L * round);
            try (ConsumerTemplate polling = program.createConsumerTemplate()) {
                while (oracle.handled() < MESSAGES - left) {
                    if (number % 2 == 0) {
                        program.createProducerTemplate().send("direct:poll", exchange -> {});
                    } else {
                        pollWithTemplate(polling, random, round);
                    }
                }
            }
            return number;
        });
    }

    private void pollWithTemplate(ConsumerTemplate polling, Random random, int round) {
        Exchange exchange = polling.receive(uri(), 20);
        if (exchange == null) {
            return;
        }
        if (random.nextInt(3) == 0) {
            exchange.setException(new IllegalStateException("on purpose"));
        } else {
            handle(round, exchange.getMessage());
        }
        polling.doneUoW(exchange);
    }

    private DefaultCamelContext program(int round) throws Exception {
        DefaultCamelContext program = newContext();
        Random random = new Random(seed + round);
        RouteBuilder.addRoutes(
                program,
                routes -> routes.from("direct:poll")
                        .errorHandler(routes.noErrorHandler())
                        .poll(uri(), 20)
                        .filter(routes.body().isNotNull())
                        .process(exchange -> {
                            if (random.nextInt(3) == 0) {
                                throw new IllegalStateException("on purpose");
                            }
                            handle(round, exchange.getMessage());
                        }));
        program.start();
        return program;
    }

    @Test
    void nothing_is_lost_and_streams_stay_in_order() throws Exception {
        write();
        List<Integer> left = IntStream.range(0, ROUNDS)
                .map(round -> MESSAGES * (ROUNDS - 1 - round) / ROUNDS)
                .boxed()
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            DefaultCamelContext program = program(round);
            oracle.begins("round " + round, round == 0 || round % 2 == 1 ? 0 : MESSAGES);
            poll(program, left.get(round), round);
            if (round % 2 == 0) {
                program.stop();
            }
        }

        oracle.checkHandled(
                database.ownerDataSource(), stream -> stream.category().equals(category));
        assertThat(oracle.handled()).as("seed %d", seed).isEqualTo(MESSAGES);
    }
}
