package io.github.camelmessagedb.examples.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A durable subscriber of the topic account-events that remembers the ids of what it receives, by stream. */
final class Subscriber implements AutoCloseable {

    private final JMSContext context;
    private final Map<String, List<String>> received = new LinkedHashMap<>();
    private int count;

    Subscriber(ConnectionFactory connections) {
        context = connections.createContext();
        context.setClientID("subscriber");
        context.createDurableConsumer(context.createTopic("account-events"), "ledger")
                .setMessageListener(this::receive);
    }

    private synchronized void receive(Message message) {
        try {
            received.computeIfAbsent(message.getStringProperty("JMSXGroupID"), stream -> new ArrayList<>())
                    .add(message.getStringProperty("messageId"));
            count++;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized int count() {
        return count;
    }

    synchronized Map<String, List<String>> received() {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        received.forEach((stream, ids) -> copy.put(stream, List.copyOf(ids)));
        return copy;
    }

    @Override
    public void close() {
        context.close();
    }
}
