package io.github.camelmessagedb.examples.kafka;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Runs the example as users do, but on a broker and a database that are still there afterwards, and looks for itself. */
class KafkaBridgeIT {

    private static final int ACCOUNTS = 20;

    @Test
    void through_a_stop_a_kill_an_outage_and_a_replay_nothing_is_lost_reordered_or_written_twice() throws Exception {
        try (Broker broker = Broker.start("account-events", "payments", "payments-dead");
                EmbeddedMessageDb database = EmbeddedMessageDb.start()) {
            assertThat(new Demonstration(database, broker.url()).run()).isEmpty();

            try (Topics topics = new Topics(broker.url())) {
                assertEvents(topics.read("account-events"));
            }
            assertPayments(new MessageStore(database.dataSource())
                    .reader()
                    .readCategory(ReadQuery.of("payment").withBatchSize(ReadQuery.UNLIMITED))
                    .messages());
        }
    }

    /** Of each stream all positions from 0, in one partition, and what was written at them. */
    private static void assertEvents(List<ConsumerRecord<String, String>> records) {
        Map<String, List<ConsumerRecord<String, String>>> streams =
                records.stream().collect(groupingBy(ConsumerRecord::key));
        assertThat(streams).hasSize(ACCOUNTS).allSatisfy((stream, events) -> {
            assertThat(events)
                    .extracting(ConsumerRecord::partition)
                    .containsOnly(events.get(0).partition());
            assertThat(events).extracting(event -> header(event, "messageType")).containsOnly("Deposited");
            assertThat(events.stream().map(event -> header(event, "position")).distinct())
                    .containsExactlyElementsOf(IntStream.range(0, Demonstration.MESSAGES / ACCOUNTS)
                            .mapToObj(String::valueOf)
                            .toList());
            assertThat(events.stream().map(ConsumerRecord::value).distinct())
                    .containsExactlyElementsOf(numbers(stream.substring("account-".length())));
        });
    }

    private static void assertPayments(List<StoredMessage> payments) {
        Map<String, List<String>> streams = payments.stream()
                .collect(groupingBy(payment -> payment.stream().value(), mapping(StoredMessage::data, toList())));
        assertThat(streams)
                .isEqualTo(IntStream.range(0, ACCOUNTS)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.toMap(account -> "payment-" + account, KafkaBridgeIT::numbers)));
    }

    private static List<String> numbers(String account) {
        return IntStream.iterate(
                        Integer.parseInt(account),
                        number -> number < Demonstration.MESSAGES,
                        number -> number + ACCOUNTS)
                .mapToObj(number -> "{\"number\": " + number + "}")
                .toList();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
