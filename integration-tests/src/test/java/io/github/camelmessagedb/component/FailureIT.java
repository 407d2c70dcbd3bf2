package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.engine.DefaultReactiveExecutor;
import org.junit.jupiter.api.Test;

/** Exchanges that fail. */
class FailureIT extends ComponentTest {

    private static final String OPTIONS = "?retryDelay=5&maxRetryDelay=20&positionUpdateInterval=1";

    private final Received received = new Received();
    private final List<String> attempts = new CopyOnWriteArrayList<>();

    /** Notes each attempt and fails at a number, so many times. */
    private Processor failing(int number, int times, Processor failure) {
        AtomicInteger failures = new AtomicInteger();
        return exchange -> {
            String body = exchange.getMessage().getBody(String.class);
            attempts.add(body);
            if (body.equals(Integer.toString(number)) && failures.incrementAndGet() <= times) {
                failure.process(exchange);
            }
        };
    }

    private static final Processor EXCEPTION = exchange -> {
        throw new IllegalStateException("on purpose");
    };

    private String from() {
        return "messagedb:" + category + OPTIONS;
    }

    private long position() {
        Long position = storedPosition(category + ":position");
        return position == null ? -1 : position;
    }

    @Test
    void an_unhandled_exception_is_retried_in_place_and_in_order() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        writeNumbers(category + "-2", 3, 4);

        start(routes -> routes.from(from()).process(failing(2, 3, EXCEPTION)).process(received));
        received.awaitCount(4);

        assertThat(attempts).containsExactly("1", "2", "2", "2", "2", "3", "4");
        assertThat(received.numbers()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void an_error_is_retried_too() throws Exception {
        writeNumbers(category + "-1", 1, 2);

        start(routes -> routes.from(from())
                .process(failing(1, 2, exchange -> {
                    throw new StackOverflowError("on purpose");
                }))
                .process(received));
        received.awaitCount(2);

        assertThat(received.numbers()).containsExactly(1, 2);
        assertThat(attempts).containsExactly("1", "1", "1", "2");
    }

    @Test
    void an_error_leaves_nothing_of_the_failed_exchange_behind() throws Exception {
        writeNumbers(category + "-1", 1, 2);

        start(routes -> {
            routes.from(from()).to("direct:next").process(received);
            routes.from("direct:next").to("direct:last").process(received);
            routes.from("direct:last")
                    .process(failing(1, 3, exchange -> {
                        throw new StackOverflowError("on purpose");
                    }))
                    .process(received);
        });
        received.awaitCount(6);

        assertThat(received.numbers()).containsExactly(1, 1, 1, 2, 2, 2);
        eventually().until(() -> context.getInflightRepository().size() == 0);
    }

    @Test
    void an_error_leaves_no_task_in_the_queue_of_the_thread() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        DefaultReactiveExecutor tasks =
                (DefaultReactiveExecutor) context.getCamelContextExtension().getReactiveExecutor();
        tasks.setStatisticsEnabled(true);

        start(routes -> {
            routes.from("messagedb:" + category + "?retryDelay=30000&maxRetryDelay=30000")
                    .routeId("consumer")
                    .to("direct:next")
                    .process(received);
            routes.from("direct:next").process(failing(1, 9, exchange -> {
                throw new StackOverflowError("on purpose");
            }));
        });
        eventually()
                .until(() ->
                        OwnershipIT.health(context).getDetails().get("state").equals("RETRYING"));

        assertThat(tasks.getPendingTasks()).isZero();
        assertThat(context.getInflightRepository().size("consumer")).isZero();
        assertThat(received.messages()).isEmpty();
    }

    @Test
    void an_error_that_a_route_catches_is_done() throws Exception {
        writeNumbers(category + "-1", 1, 2);

        start(routes -> routes.from(from())
                .doTry()
                .process(failing(1, 9, exchange -> {
                    throw new NoClassDefFoundError("on purpose");
                }))
                .doCatch(Throwable.class)
                .to("log:caught?level=OFF")
                .end()
                .process(received));
        received.awaitCount(2);

        assertThat(attempts).containsExactly("1", "2");
        assertThat(received.numbers()).containsExactly(1, 2);
    }

    @Test
    void what_was_marked_for_rollback_is_retried() throws Exception {
        writeNumbers(category + "-1", 1, 2);

        start(routes -> routes.from(from())
                .process(failing(1, 2, exchange -> exchange.setRollbackOnly(true)))
                .process(received));
        received.awaitCount(2);

        assertThat(attempts).containsExactly("1", "1", "1", "2");
    }

    @Test
    void what_was_marked_for_rollback_by_the_eip_is_retried() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        AtomicInteger failures = new AtomicInteger();

        start(routes -> routes.from(from())
                .process(failing(0, 0, EXCEPTION))
                .filter(exchange -> failures.incrementAndGet() <= 2)
                .markRollbackOnlyLast()
                .end()
                .process(received));
        received.awaitCount(2);

        assertThat(attempts).containsExactly("1", "1", "1", "2");
    }

    @Test
    void what_on_exception_handled_is_done() throws Exception {
        writeNumbers(category + "-1", 1, 3);

        start(routes -> routes.from(from())
                .onException(IllegalStateException.class)
                .handled(true)
                .to("log:handled?level=OFF")
                .end()
                .process(failing(2, 99, EXCEPTION))
                .process(received));
        received.awaitCount(2);

        assertThat(attempts).containsExactly("1", "2", "3");
    }

    @Test
    void what_went_to_a_dead_letter_is_done() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        Received dead = new Received();

        start(routes -> {
            routes.from("direct:dead").process(dead);
            routes.from(from())
                    .errorHandler(routes.deadLetterChannel("direct:dead")
                            .maximumRedeliveries(1)
                            .redeliveryDelay(1))
                    .process(failing(2, 99, EXCEPTION))
                    .process(received);
        });
        received.awaitCount(2);

        assertThat(attempts).containsExactly("1", "2", "2", "3");
        assertThat(dead.numbers()).containsExactly(2);
    }

    @Test
    void what_a_dead_letter_could_not_take_is_retried() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        AtomicInteger failures = new AtomicInteger();

        start(routes -> {
            routes.from("direct:dead").process(exchange -> {
                if (failures.incrementAndGet() <= 2) {
                    throw new IllegalStateException("the dead letter endpoint is down");
                }
            });
            routes.from(from())
                    .errorHandler(routes.deadLetterChannel("direct:dead").deadLetterHandleNewException(false))
                    .process(failing(1, 99, EXCEPTION))
                    .process(received);
        });
        received.awaitCount(1);

        assertThat(attempts).containsExactly("1", "1", "1", "2");
    }

    @Test
    void camel_redelivers_before_the_consumer_retries() throws Exception {
        writeNumbers(category + "-1", 1, 2);

        start(routes -> routes.from(from())
                .errorHandler(
                        routes.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1))
                .process(failing(1, 4, EXCEPTION))
                .process(received));
        received.awaitCount(2);

        assertThat(attempts).containsExactly("1", "1", "1", "1", "1", "2");
    }

    @Test
    void a_filtered_out_and_a_stopped_exchange_are_done() throws Exception {
        writeNumbers(category + "-1", 1, 3);

        start(routes -> routes.from(from())
                .process(failing(0, 0, EXCEPTION))
                .choice()
                .when(routes.simple("${body} == '2'"))
                .stop()
                .end()
                .process(received));
        received.awaitCount(2);

        assertThat(attempts).containsExactly("1", "2", "3");
    }

    @Test
    void the_position_is_never_past_what_failed() throws Exception {
        writeNumbers(category + "-1", 1, 5);
        AtomicInteger failures = new AtomicInteger();
        long third = stream(category + "-1").get(2).globalPosition();

        start(routes -> routes.from(from())
                .process(failing(3, Integer.MAX_VALUE, exchange -> {
                    failures.incrementAndGet();
                    throw new IllegalStateException("on purpose");
                }))
                .process(received));
        eventually().until(() -> failures.get() > 5);
        long whileFailing = position();
        context.stop();

        assertThat(whileFailing).isEqualTo(third - 1);
        assertThat(position()).isEqualTo(third - 1);
        assertThat(received.numbers()).containsExactly(1, 2);
    }

    @Test
    void the_messages_of_a_failed_list_are_retried_one_by_one() throws Exception {
        writeNumbers(category + "-1", 1, 4);
        AtomicInteger failures = new AtomicInteger();
        List<Integer> sizes = new CopyOnWriteArrayList<>();

        start(routes -> routes.from(from() + "&batching=true&batchSize=3")
                .process(exchange -> {
                    sizes.add(exchange.getMessage().getBody(List.class).size());
                    if (failures.incrementAndGet() <= 2) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .process(received));
        received.awaitCount(4);

        assertThat(sizes).containsExactly(3, 1, 1, 1, 1, 1);
        assertThat(received.numbers()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void what_an_attempt_changed_is_as_it_was_in_the_next() throws Exception {
        writeNumbers(category + "-1", 1, 1);
        AtomicInteger failures = new AtomicInteger();

        start(routes -> routes.from(from())
                .process(exchange -> {
                    attempts.add(exchange.getMessage().getBody(String.class)
                            + exchange.getMessage().getHeader("mine"));
                    exchange.getMessage().setBody("changed");
                    exchange.getMessage().setHeader("mine", 1);
                    if (failures.incrementAndGet() <= 2) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .process(received));
        received.awaitCount(1);

        assertThat(attempts).containsExactly("1null", "1null", "1null");
    }

    @Test
    void an_interrupted_thread_goes_on() throws Exception {
        writeNumbers(category + "-1", 1, 4);

        start(routes -> routes.from(from())
                .process(exchange -> Thread.currentThread().interrupt())
                .process(received));
        received.awaitCount(4);

        assertThat(received.numbers()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void an_asynchronous_route_is_waited_for() throws Exception {
        writeNumbers(category + "-1", 1, 4);

        start(routes ->
                routes.from(from()).threads(2).process(failing(2, 2, EXCEPTION)).process(received));
        received.awaitCount(4);

        assertThat(attempts).containsExactly("1", "2", "2", "2", "3", "4");
    }

    @Test
    void on_completion_sees_success_and_failure() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        List<String> ends = new CopyOnWriteArrayList<>();

        start(routes -> routes.from(from())
                .process(exchange -> exchange.getExchangeExtension()
                        .addOnCompletion(new org.apache.camel.support.SynchronizationAdapter() {
                            @Override
                            public void onComplete(Exchange exchange) {
                                ends.add("complete");
                            }

                            @Override
                            public void onFailure(Exchange exchange) {
                                ends.add("failure");
                            }
                        }))
                .process(failing(1, 1, EXCEPTION))
                .process(received));
        received.awaitCount(2);
        context.stop();

        assertThat(ends).containsExactly("failure", "complete", "complete");
    }
}
