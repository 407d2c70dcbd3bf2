package io.github.camelmessagedb.examples.jms;

import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/** Who writes to the category account and to the queue payments, the same number to both, at a steady pace. */
final class Traffic {

    static final int ACCOUNTS = 20;
    private static final int AT_ONCE = 10;
    private static final long PAUSE_MILLIS = 20;

    private final MessageStore store;
    private final ConnectionFactory connections;

    /** @param dataSource of a role that may write when the bridge may not */
    Traffic(DataSource dataSource, ConnectionFactory connections) {
        this.store = new MessageStore(dataSource);
        this.connections = connections;
    }

    CompletableFuture<Void> begin(int from, int to) {
        return CompletableFuture.runAsync(() -> write(from, to));
    }

    static String json(int number) {
        return "{\"number\": " + number + "}";
    }

    void write(int from, int to) {
        try (JMSContext context = connections.createContext()) {
            for (int number = from; number < to; number += AT_ONCE) {
                List<NewMessage> deposits = new ArrayList<>();
                for (int next = number; next < number + AT_ONCE; next++) {
                    deposits.add(NewMessage.of("account-" + next % ACCOUNTS, "Deposited", json(next)));
                    pay(context, next, json(next));
                }
                // A sender that had no answer sends again: another JMSMessageID, the same payment.
                pay(context, number, json(number));
                store.writer().write(deposits, Map.of());
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What can never be written: no JSON, and nobody's. */
    void writePoison() {
        try (JMSContext context = connections.createContext()) {
            pay(context, -ACCOUNTS, "no JSON");
            context.createProducer().send(context.createQueue("payments"), "{\"of\": \"nobody\"}");
        }
    }

    private static void pay(JMSContext context, int number, String body) {
        Queue payments = context.createQueue("payments");
        context.createProducer()
                .setProperty("paymentId", String.valueOf(number))
                .setProperty("account", String.valueOf(number % ACCOUNTS))
                .send(payments, body);
    }
}
