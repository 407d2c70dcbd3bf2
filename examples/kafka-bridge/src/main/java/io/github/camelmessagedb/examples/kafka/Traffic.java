package io.github.camelmessagedb.examples.kafka;

import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Who writes to the category account and to the topic payments, the same number to both, at a steady pace. */
final class Traffic {

    private static final int ACCOUNTS = 20;
    private static final int AT_ONCE = 10;
    private static final long PAUSE_MILLIS = 20;

    private final MessageStore store;
    private final String brokers;

    /** @param dataSource of a role that may write when the bridge may not */
    Traffic(DataSource dataSource, String brokers) {
        this.store = new MessageStore(dataSource);
        this.brokers = brokers;
    }

    CompletableFuture<Void> begin(int from, int to) {
        return CompletableFuture.runAsync(() -> write(from, to));
    }

    void write(int from, int to) {
        try (KafkaProducer<String, String> producer = producer()) {
            for (int number = from; number < to; number += AT_ONCE) {
                List<NewMessage> deposits = new ArrayList<>();
                List<Future<RecordMetadata>> payments = new ArrayList<>();
                for (int next = number; next < number + AT_ONCE; next++) {
                    String account = String.valueOf(next % ACCOUNTS);
                    String json = "{\"number\": " + next + "}";
                    deposits.add(NewMessage.of("account-" + account, "Deposited", json));
                    payments.add(producer.send(new ProducerRecord<>("payments", account, json)));
                }
                store.writer().write(deposits, Map.of());
                for (Future<RecordMetadata> payment : payments) {
                    payment.get();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What can never be written: no JSON, and no key, which makes no stream. */
    void writePoison() throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer = producer()) {
            producer.send(new ProducerRecord<>("payments", "0", "no JSON")).get();
            producer.send(new ProducerRecord<>("payments", null, "{\"of\": \"nobody\"}"))
                    .get();
        }
    }

    private KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                new StringSerializer(),
                new StringSerializer());
    }
}
