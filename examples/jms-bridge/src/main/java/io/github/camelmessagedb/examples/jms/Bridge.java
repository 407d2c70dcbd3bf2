package io.github.camelmessagedb.examples.jms;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.springframework.jms.connection.CachingConnectionFactory;

/** The bridge as a program, until SIGTERM: the arguments are the URLs of Message DB and of Artemis. */
public final class Bridge {

    private Bridge() {}

    /** Runs the bridge. */
    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.messagedb.jdbc-url", arguments[0]);
        CachingConnectionFactory connections = connections(arguments[1]);
        main.bind("connections", connections);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStop(BaseMainSupport stopped) {
                connections.destroy();
            }
        });
        main.configure().addRoutesBuilder(new BridgeRoutes());
        main.run();
    }

    /** One connection, whose sessions are kept: without them each message that is sent would open and close its own. */
    static CachingConnectionFactory connections(String broker) {
        CachingConnectionFactory connections = new CachingConnectionFactory(new ActiveMQConnectionFactory(broker));
        connections.setSessionCacheSize(5);
        // Consumers are the routes' business: a cached one would go on receiving when its route has stopped.
        connections.setCacheConsumers(false);
        return connections;
    }
}
