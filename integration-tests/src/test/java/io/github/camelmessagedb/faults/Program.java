package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.component.MessageDbConstants;
import io.github.camelmessagedb.testing.Oracle;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** One that consumes, through Camel routes named {@code consumer0} and so on, and tells the oracle. */
final class Program implements AutoCloseable {

    private static final String DEAD_LETTERS = "direct:dead-letters";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Oracle oracle;
    private volatile String run;
    private volatile Processor step = exchange -> {};
    private @Nullable Processor deadLetters;

    Program(Oracle oracle, String run, DataSource dataSource) {
        this.oracle = oracle;
        this.run = run;
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(30);
        context.getRegistry().bind("pool", dataSource);
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        health.register(health.resolveById("consumers"));
    }

    /** What the route does before a message counts as handled. */
    void step(Processor processor) {
        step = processor;
    }

    /**
     * What its steps fail for goes to a dead letter channel, where it counts as handled unless this fails too. Said before
     * the start.
     */
    void deadLetters(Processor processor) {
        deadLetters = processor;
    }

    /** What is handled from now on is another run's. */
    void beginRun(String name) {
        run = name;
    }

    void start(List<Shape.Route> consumers) throws Exception {
        Processor dead = deadLetters;
        if (dead != null) {
            RouteBuilder.addRoutes(
                    context,
                    routes -> routes.from(DEAD_LETTERS)
                            .errorHandler(routes.noErrorHandler())
                            .process(exchange -> handle(exchange, dead)));
        }
        for (int i = 0; i < consumers.size(); i++) {
            String uri = consumers.get(i).uri();
            String id = "consumer" + i;
            RouteBuilder.addRoutes(
                    context,
                    routes -> routes.from(uri)
                            .errorHandler(
                                    dead == null
                                            ? routes.noErrorHandler()
                                            : routes.deadLetterChannel(DEAD_LETTERS)
                                                    .deadLetterHandleNewException(false))
                            .routeId(id)
                            .process(exchange -> handle(exchange, step)));
        }
        context.start();
    }

    CamelContext context() {
        return context;
    }

    private void handle(Exchange exchange, Processor first) throws Exception {
        String name = run;
        first.process(exchange);
        if (exchange.isRollbackOnly()) {
            return;
        }
        if (exchange.getMessage().getBody() instanceof List<?> list) {
            list.forEach(element -> oracle.handles(name, id((Message) element)));
        } else {
            oracle.handles(name, id(exchange.getMessage()));
        }
    }

    static UUID id(Message message) {
        return UUID.fromString(Objects.requireNonNull(message.getHeader(MessageDbConstants.MESSAGE_ID, String.class)));
    }

    /** Whether a consumer says that all is well. */
    boolean isWell() {
        return HealthCheckHelper.invoke(context).stream().allMatch(result -> result.getState() == HealthCheck.State.UP);
    }

    /** How many consumers have ended by themselves. */
    long failed() {
        return HealthCheckHelper.invoke(context).stream()
                .filter(result -> "FAILED".equals(result.getDetails().get("state")))
                .count();
    }

    /** What health says. */
    String health() {
        return HealthCheckHelper.invoke(context).stream()
                .map(result -> result.getState() + " " + result.getMessage().orElse("") + " " + result.getDetails())
                .toList()
                .toString();
    }

    @Override
    public void close() {
        context.stop();
    }
}
