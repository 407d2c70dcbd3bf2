package io.github.camelmessagedb.examples.jms;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** The bridge is stopped, killed and denied the database; and what came of the messages. */
final class Demonstration {

    static final int MESSAGES = 3000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final EmbeddedMessageDb database;
    private final String broker;
    private final List<String> faults = new ArrayList<>();

    Demonstration(EmbeddedMessageDb database, String broker) {
        this.database = database;
        this.broker = broker;
    }

    /** What is wrong; nothing, if all went right. */
    List<String> run() throws Exception {
        try (ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(broker);
                Subscriber subscriber = new Subscriber(connections)) {
            Traffic traffic = new Traffic(database.ownerDataSource(), connections);
            try (BridgeProcess bridge = bridge()) {
                traffic.write(0, 100);
                awaitArrived(subscriber, 100);
                CompletableFuture<Void> writing = traffic.begin(100, 1000);
                awaitArrived(subscriber, 500);
                bridge.stop();
                writing.get();
            }
            try (BridgeProcess bridge = bridge()) {
                awaitArrived(subscriber, 1000);
                report("Stopped in the middle, and started", subscriber);
                CompletableFuture<Void> writing = traffic.begin(1000, 2000);
                // Between two saves of the position, so that there is something to repeat.
                awaitArrived(subscriber, 1560);
                bridge.kill();
                writing.get();
            }
            try (BridgeProcess bridge = bridge()) {
                awaitArrived(subscriber, 2000);
                report("Killed with -9, and started", subscriber);
                CompletableFuture<Void> writing = traffic.begin(2000, MESSAGES);
                awaitArrived(subscriber, 2200);
                refuseWrites(Duration.ofSeconds(5));
                writing.get();
                traffic.writePoison();
                awaitArrived(subscriber, MESSAGES);
                int dead = dead(connections, 2);
                System.out.printf("Taken from the dead letters: %d, no JSON and nobody's%n", dead);
                check(dead == 2, "not both of what cannot be written came to the dead letters");
                bridge.stop();
            }
            report("Refused writes for 5 s by the database", subscriber);
            faults.addAll(out(subscriber).faults());
            faults.addAll(in().faults());
            check(dead(connections, 1) == 0, "what could be written came to the dead letters");
            return faults;
        }
    }

    private BridgeProcess bridge() throws Exception {
        return BridgeProcess.start(database.jdbcUrl(), broker);
    }

    private void refuseWrites(Duration time) throws Exception {
        asOwner("REVOKE INSERT ON message_store.messages FROM message_store");
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        asOwner("GRANT INSERT ON message_store.messages TO message_store");
    }

    private void report(String what, Subscriber subscriber) {
        Crossing out = out(subscriber);
        Crossing in = in();
        System.out.printf(
                "%-40s  to the topic: %,5d, %,d repeated   to the category: %,5d, %,d repeated%n",
                what, out.messages(), out.repeats(), in.messages(), in.repeats());
        check(out.repeats() == 0, out.repeats() + " messages came twice to the subscriber, after: " + what);
        check(in.repeats() == 0, in.repeats() + " payments were written twice, after: " + what);
    }

    /** Takes as many as are expected from the dead letters, and answers how many there were. */
    private int dead(ConnectionFactory connections, int expected) {
        try (JMSContext context = connections.createContext();
                var consumer = context.createConsumer(context.createQueue("payments-dead"))) {
            int count = 0;
            while (count < expected && consumer.receive(expected == 1 ? 500 : PATIENCE.toMillis()) != null) {
                count++;
            }
            return count;
        }
    }

    /** The ids of the messages of each stream, and of what the subscriber received. */
    private Crossing out(Subscriber subscriber) {
        return new Crossing(byStream("account", message -> message.id().toString()), subscriber.received());
    }

    /** The payments of each account, and the messages of each stream. */
    private Crossing in() {
        Map<String, List<String>> sent = IntStream.range(0, MESSAGES)
                .boxed()
                .collect(
                        groupingBy(number -> "payment-" + number % Traffic.ACCOUNTS, mapping(Traffic::json, toList())));
        return new Crossing(sent, byStream("payment", StoredMessage::data));
    }

    private Map<String, List<String>> byStream(String category, Function<StoredMessage, String> value) {
        return category(category).stream()
                .collect(groupingBy(message -> message.stream().value(), mapping(value, toList())));
    }

    private List<StoredMessage> category(String name) {
        return new MessageStore(database.dataSource())
                .reader()
                .readCategory(ReadQuery.of(name).withBatchSize(ReadQuery.UNLIMITED))
                .messages();
    }

    private void awaitArrived(Subscriber subscriber, int messages) throws Exception {
        await(
                messages + " have arrived on both sides",
                () -> Math.min(subscriber.count(), category("payment").size()) >= messages);
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("In vain, until " + what + ": see target/bridge.log");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection connection = database.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void check(boolean right, String fault) {
        if (!right) {
            faults.add(fault);
        }
    }
}
