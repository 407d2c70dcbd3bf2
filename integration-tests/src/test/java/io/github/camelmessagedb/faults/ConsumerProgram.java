package io.github.camelmessagedb.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.camelmessagedb.component.MessageDbComponent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.LoggerFactory;

/**
 * Routes from each of some endpoints into one ledger, until it gets SIGTERM, and then stops in order; or until it is
 * killed. Arguments: the JDBC URL with user and password, the ledger, the endpoints.
 */
final class ConsumerProgram {

    private ConsumerProgram() {}

    public static void main(String[] arguments) throws Exception {
        // What tests provoke on purpose is not for their output, but this goes to a file.
        ((Logger) LoggerFactory.getLogger("io.github.camelmessagedb")).setLevel(Level.INFO);
        Ledger ledger = Ledger.begin(Path.of(arguments[1]));
        DefaultCamelContext context = context(arguments[0]);
        List<String> endpoints = Arrays.asList(arguments).subList(2, arguments.length);
        RouteBuilder.addRoutes(
                context,
                routes -> endpoints.forEach(
                        endpoint -> routes.from(endpoint).routeId(endpoint).process(ledger)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(context, ledger)));
        context.start();
        awaitEndOfParent();
        Runtime.getRuntime().halt(1);
    }

    /** However that ends, nothing is left behind. */
    private static void awaitEndOfParent() throws IOException {
        while (System.in.read() >= 0) {
            // It says nothing, and its end closes this.
        }
    }

    static DefaultCamelContext context(String jdbcUrl) {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(20);
        MessageDbComponent component = context.getComponent("messagedb", MessageDbComponent.class);
        component.setJdbcUrl(jdbcUrl);
        return context;
    }

    private static void stop(DefaultCamelContext context, Ledger ledger) {
        context.stop();
        try {
            ledger.end();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
