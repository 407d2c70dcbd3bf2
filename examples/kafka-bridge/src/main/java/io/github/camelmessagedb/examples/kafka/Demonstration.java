package io.github.camelmessagedb.examples.kafka;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The bridge is stopped, killed, denied the database and given everything again; and what came of the messages. */
final class Demonstration {

    static final int MESSAGES = 3000;
    /** Fewer than the route's maxInFlight + positionUpdateInterval. */
    private static final int REPEATS = 200;

    private static final String GROUP = "messagedb-bridge";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final EmbeddedMessageDb database;
    private final String brokers;
    private final Traffic traffic;
    private final List<String> faults = new ArrayList<>();

    Demonstration(EmbeddedMessageDb database, String brokers) {
        this.database = database;
        this.brokers = brokers;
        this.traffic = new Traffic(database.ownerDataSource(), brokers);
    }

    /** What is wrong; nothing, if all went right. */
    List<String> run() throws Exception {
        try (Topics topics = new Topics(brokers)) {
            try (BridgeProcess bridge = bridge()) {
                traffic.write(0, 100);
                awaitArrived(topics, 100);
                CompletableFuture<Void> writing = traffic.begin(100, 1000);
                awaitArrived(topics, 500);
                bridge.stop();
                writing.get();
            }
            try (BridgeProcess bridge = bridge()) {
                awaitArrived(topics, 1000);
                report("Stopped in the middle, and started", topics, 1);
                CompletableFuture<Void> writing = traffic.begin(1000, 2000);
                // Between two saves of the position, so that there is something to repeat.
                awaitArrived(topics, 1560);
                bridge.kill();
                writing.get();
            }
            try (BridgeProcess bridge = bridge()) {
                awaitArrived(topics, 2000);
                report("Killed with -9, and started", topics, REPEATS);
                CompletableFuture<Void> writing = traffic.begin(2000, MESSAGES);
                awaitArrived(topics, 2200);
                refuseWrites(Duration.ofSeconds(5));
                writing.get();
                traffic.writePoison();
                await("poison is in payments-dead", () -> topics.size("payments-dead") >= 2);
                awaitArrived(topics, MESSAGES);
                report("Refused writes for 5 s by the database", topics, REPEATS);
                bridge.stop();
            }
            reportAll(topics);
            replay(topics);
            return faults;
        }
    }

    private BridgeProcess bridge() throws Exception {
        return BridgeProcess.start(database.jdbcUrl(), brokers);
    }

    private void refuseWrites(Duration time) throws Exception {
        asOwner("REVOKE INSERT ON message_store.messages FROM message_store");
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        asOwner("GRANT INSERT ON message_store.messages TO message_store");
    }

    private void replay(Topics topics) throws Exception {
        long before = category("payment").size();
        long records = topics.size("payments");
        topics.rewind("payments", GROUP);
        try (BridgeProcess bridge = bridge()) {
            await("the topic is read again", () -> topics.done("payments", GROUP) == records);
            bridge.stop();
        }
        long written = category("payment").size() - before;
        System.out.printf("%nThe topic read from its beginning again: %,d records, %,d written%n", records, written);
        check(written == 0, written + " records were written twice");
    }

    private void report(String what, Topics topics, int tooManyRepeats) throws Exception {
        Crossing out = out(topics);
        Crossing in = in(topics);
        System.out.printf(
                "%-40s  to the topic: %,5d, %,3d repeated   to the category: %,5d, %,d repeated%n",
                what, out.messages(), out.repeats(), in.messages(), in.repeats());
        check(out.repeats() < tooManyRepeats, out.repeats() + " records were repeated, after: " + what);
        check(in.repeats() == 0, in.repeats() + " payments were written twice, after: " + what);
    }

    private void reportAll(Topics topics) throws Exception {
        faults.addAll(out(topics).faults());
        faults.addAll(in(topics).faults());
        long dead = new LinkedHashSet<>(origins(topics.read("payments-dead"))).size();
        check(dead == 2, dead + " records are in payments-dead, not 2");
        System.out.printf("To the dead letters: %d, no JSON and no key%n", dead);
    }

    /** The ids of the messages of each stream, and of the records of each key. */
    private Crossing out(Topics topics) throws Exception {
        List<ConsumerRecord<String, String>> records = topics.read("account-events");
        return new Crossing(
                byKey(
                        category("account"),
                        message -> message.stream().value(),
                        message -> message.id().toString()),
                byKey(records, ConsumerRecord::key, record -> header(record, "messageId")));
    }

    /** The contents of the records of each key that can be written, and of the messages of each stream. */
    private Crossing in(Topics topics) throws Exception {
        List<ConsumerRecord<String, String>> payments = topics.read("payments").stream()
                .filter(payment -> payment.key() != null && payment.value().startsWith("{"))
                .toList();
        return new Crossing(
                byKey(payments, payment -> "payment-" + payment.key(), ConsumerRecord::value),
                byKey(category("payment"), message -> message.stream().value(), StoredMessage::data));
    }

    private static List<String> origins(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(record -> header(record, "origin")).toList();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static <T> Map<String, List<String>> byKey(
            List<T> messages, Function<T, String> key, Function<T, String> value) {
        return messages.stream().collect(groupingBy(key, mapping(value, toList())));
    }

    private List<StoredMessage> category(String name) {
        return new MessageStore(database.dataSource())
                .reader()
                .readCategory(ReadQuery.of(name).withBatchSize(ReadQuery.UNLIMITED))
                .messages();
    }

    private void awaitArrived(Topics topics, long messages) throws Exception {
        await(messages + " have arrived on both sides", () -> arrived(topics) >= messages);
    }

    private long arrived(Topics topics) throws Exception {
        return Math.min(out(topics).messages(), category("payment").size());
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
