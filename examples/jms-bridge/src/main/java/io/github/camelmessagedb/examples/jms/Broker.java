package io.github.camelmessagedb.examples.jms;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An Artemis broker in this JVM that listens on a port of the loopback interface, and keeps messages on disk. */
final class Broker implements AutoCloseable {

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final String url;

    private Broker(Path directory, int port) throws Exception {
        url = "tcp://localhost:" + port;
        server.setConfiguration(configuration(directory, url));
        server.start();
    }

    static Broker start(Path directory) throws Exception {
        return new Broker(directory, freePort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Configuration configuration(Path directory, String url) throws Exception {
        return new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .addAcceptorConfiguration("tcp", url)
                .addQueueConfiguration(queue("payments"))
                .addQueueConfiguration(queue("payments-dead"))
                .setAddressSettings(Map.of("payments", payments()));
    }

    /** No delay between attempts: during it others would overtake. What a killed bridge had received counts as tried. */
    private static AddressSettings payments() {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of("payments-dead"))
                .setMaxDeliveryAttempts(10)
                .setRedeliveryDelay(0);
    }

    private static QueueConfiguration queue(String name) {
        return QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST).setDurable(true);
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The broker does not stop", e);
        }
    }
}
