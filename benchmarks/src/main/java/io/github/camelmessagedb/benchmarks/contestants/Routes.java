package io.github.camelmessagedb.benchmarks.contestants;

import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import io.github.camelmessagedb.component.MessageDbComponent;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;

/** A Camel context with routes of a contestant, and a template to send them something. */
public final class Routes implements AutoCloseable {

    /** Where routes that write begin. */
    static final String WRITE = "direct:write";

    private final CamelContext context;
    private final ProducerTemplate template;

    private Routes(CamelContext context) {
        this.context = context;
        this.template = context.createProducerTemplate();
    }

    /** What a route goes on with, after its from. */
    @FunctionalInterface
    public interface Rest {
        void of(RouteDefinition route);
    }

    /** A context with the component on this data source. */
    public static Routes withMessageDb(DataSource dataSource) {
        Routes routes = with("pool", dataSource);
        MessageDbComponent component = new MessageDbComponent();
        component.setDataSource(dataSource);
        routes.context.addComponent("messagedb", component);
        return routes;
    }

    static Routes with(String name, Object bean) {
        CamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(30);
        Routes routes = new Routes(context);
        return routes.bind(name, bean);
    }

    Routes bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
        return this;
    }

    /** Adds a route. */
    public Routes route(String from, Rest rest) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                rest.of(from(from));
            }
        });
        return this;
    }

    /** Adds a route that ends with this. */
    public Routes consume(String from, Processor processor) throws Exception {
        return route(from, route -> route.process(processor));
    }

    /** Adds the route that {@link #write} sends to. */
    public Routes writeTo(String endpoint) throws Exception {
        return route(WRITE, route -> route.to(endpoint));
    }

    /** Whether there is such an endpoint: an option that is not built is refused. */
    public boolean knows(String endpoint) {
        try {
            context.getEndpoint(endpoint);
            return true;
        } catch (ResolveEndpointFailedException e) {
            return false;
        }
    }

    public Routes start() {
        context.start();
        return this;
    }

    /** Starts, runs until the meter is full, and ends. */
    public Sample until(Meter meter) throws InterruptedException {
        try {
            start();
            return meter.await();
        } finally {
            close();
        }
    }

    /** The same, metered from the moment in which the routes start: when the context is up, and before the first read. */
    public Sample fromStartUntil(Meter meter) throws Exception {
        try {
            context.setAutoStartup(false);
            start();
            meter.begin();
            context.getRouteController().startAllRoutes();
            return meter.await();
        } finally {
            close();
        }
    }

    /** Sends an exchange through the route that writes, and fails if it failed. */
    public void write(Processor content) throws Exception {
        Exchange exchange = template.send(WRITE, content);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
