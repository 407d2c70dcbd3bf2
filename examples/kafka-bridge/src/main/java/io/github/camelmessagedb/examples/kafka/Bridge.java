package io.github.camelmessagedb.examples.kafka;

import org.apache.camel.main.Main;

/** The bridge as a program, until SIGTERM: the arguments are the JDBC URL of Message DB and the brokers of Kafka. */
public final class Bridge {

    private Bridge() {}

    /** Runs the bridge. */
    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.messagedb.jdbc-url", arguments[0]);
        main.addInitialProperty("camel.component.kafka.brokers", arguments[1]);
        main.configure().addRoutesBuilder(new BridgeRoutes());
        main.run();
    }
}
