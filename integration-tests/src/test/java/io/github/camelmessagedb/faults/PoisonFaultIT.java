package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A message that cannot be handled, until somebody mends the handler. */
@Timeout(120)
class PoisonFaultIT {

    private static final int ATTEMPTS = 5;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final AtomicReference<UUID> poison = new AtomicReference<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicBoolean armed = new AtomicBoolean();

    /** How it fails. */
    enum Failure {
        EXCEPTION(exchange -> {
            throw new IllegalStateException("on purpose");
        }),
        ERROR(exchange -> {
            throw new StackOverflowError("on purpose");
        }),
        ROLLBACK_ONLY(exchange -> exchange.setRollbackOnly(true));

        @SuppressWarnings("ImmutableEnumChecker") // They keep nothing.
        private final Processor processor;

        Failure(Processor processor) {
            this.processor = processor;
        }
    }

    /** Each shape with one of the failures; in the long run all with all. */
    static Stream<Arguments> shapesAndFailures() {
        return Boolean.getBoolean("messagedb.faults.long")
                ? Stream.of(Shape.values())
                        .flatMap(shape -> Stream.of(Failure.values()).map(failure -> Arguments.of(shape, failure)))
                : Stream.of(
                        Arguments.of(Shape.ONE_BY_ONE, Failure.EXCEPTION),
                        Arguments.of(Shape.IN_PARALLEL, Failure.ERROR),
                        Arguments.of(Shape.IN_BATCHES, Failure.ROLLBACK_ONLY),
                        Arguments.of(Shape.IN_A_GROUP, Failure.EXCEPTION),
                        Arguments.of(Shape.EVERYTHING, Failure.ERROR));
    }

    /** The first message that comes when it is armed. */
    private Processor failing(Failure failure, Consumer<UUID> chosen) {
        return exchange -> {
            if (armed.get()
                    && poison.get() == null
                    && poison.compareAndSet(null, ids(exchange).get(0))) {
                chosen.accept(poison.get());
            }
            if (armed.get() && ids(exchange).contains(poison.get())) {
                attempts.incrementAndGet();
                failure.processor.process(exchange);
            }
        };
    }

    private static List<UUID> ids(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof List<?> list
                ? list.stream().map(element -> Program.id((Message) element)).toList()
                : List.of(Program.id(exchange.getMessage()));
    }

    private Scenario poisoned(Shape shape, String policy, Failure failure) throws Exception {
        Scenario scenario = new Scenario(
                Target.of(database),
                shape.routes().stream()
                        .map(route -> route.with("&failurePolicy=" + policy))
                        .toList());
        scenario.startWriters();
        scenario.startProgram(0);
        scenario.awaitMore(50);
        boolean skipped = policy.equals("skip");
        scenario.program().step(failing(failure, id -> {
            if (skipped) {
                scenario.oracle().mayPassOver(id);
            }
        }));
        armed.set(true);
        await().until(() -> poison.get() != null);
        return scenario;
    }

    @ParameterizedTest
    @MethodSource("shapesAndFailures")
    void is_given_again_until_it_is_handled(Shape shape, Failure failure) throws Exception {
        try (Scenario scenario = poisoned(shape, "retry", failure)) {
            await().until(() -> attempts.get() >= ATTEMPTS);
            assertThat(scenario.program().health()).contains("RETRYING");
            assertThat(scenario.oracle().isDone(poison.get())).isFalse();
            armed.set(false);
            scenario.end();
        }
    }

    @ParameterizedTest
    @MethodSource("shapesAndFailures")
    void is_left_out_and_nothing_else_is(Shape shape, Failure failure) throws Exception {
        try (Scenario scenario = poisoned(shape, "skip", failure)) {
            scenario.awaitMore(100);
            scenario.end();
        }
    }

    /** With several workers those behind it in other streams, which cannot be stored, come again. */
    @ParameterizedTest
    @MethodSource("shapesAndFailures")
    void ends_the_consumer_which_begins_with_it(Shape shape, Failure failure) throws Exception {
        try (Scenario scenario = poisoned(shape, "stop", failure)) {
            await().until(() -> scenario.program().health().contains("FAILED"));
            assertThat(scenario.oracle().isDone(poison.get())).isFalse();
            armed.set(false);
            scenario.program().beginRun(scenario.beginRun(Shape.Route.REPEATS));
            scenario.program().context().getRouteController().stopAllRoutes();
            scenario.program().context().getRouteController().startAllRoutes();
            scenario.end();
        }
    }

    /** What was on its way there is retried, in its place; nothing else is taken for handled. */
    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void cannot_be_taken_by_a_dead_letter_endpoint_that_is_down(Shape shape) throws Exception {
        try (Scenario scenario = new Scenario(Target.of(database), shape.routes())) {
            scenario.startWriters();
            scenario.startProgram(
                    0,
                    program -> program.deadLetters(exchange -> {
                        attempts.incrementAndGet();
                        if (armed.get()) {
                            throw new IllegalStateException("down, on purpose");
                        }
                    }));
            scenario.awaitMore(50);
            scenario.program().step(exchange -> {
                if (Math.floorMod(ids(exchange).get(0).hashCode(), 10) == 0) {
                    throw new IllegalStateException("on purpose");
                }
            });
            await().until(() -> attempts.get() > 0);
            armed.set(true);
            int before = attempts.get();
            await().until(() -> attempts.get() >= before + ATTEMPTS);
            assertThat(scenario.program().health()).contains("RETRYING");
            armed.set(false);
            scenario.awaitMore(100);
            scenario.program().step(exchange -> {});
            scenario.end();
        }
    }
}
