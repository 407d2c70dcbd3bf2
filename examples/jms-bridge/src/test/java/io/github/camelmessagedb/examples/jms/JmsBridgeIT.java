package io.github.camelmessagedb.examples.jms;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example as users do, but on a broker and a database that are still there afterwards, and looks for itself. */
class JmsBridgeIT {

    @Test
    void through_a_stop_a_kill_and_an_outage_nothing_is_lost_reordered_or_written_twice(@TempDir Path directory)
            throws Exception {
        try (Broker broker = Broker.start(directory);
                EmbeddedMessageDb database = EmbeddedMessageDb.start();
                ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(broker.url());
                JMSContext context = connections.createContext()) {
            context.setClientID("auditor");
            JMSConsumer auditor = context.createDurableConsumer(context.createTopic("account-events"), "audit");

            assertThat(new Demonstration(database, broker.url()).run()).isEmpty();

            assertEvents(auditor);
            assertPayments(new MessageStore(database.dataSource())
                    .reader()
                    .readCategory(ReadQuery.of("payment").withBatchSize(ReadQuery.UNLIMITED))
                    .messages());
        }
    }

    /** Each once, persistent, in order for each stream. */
    private static void assertEvents(JMSConsumer auditor) throws Exception {
        List<Message> events = new ArrayList<>();
        for (Message event = auditor.receive(1000); event != null; event = auditor.receiveNoWait()) {
            events.add(event);
        }
        assertThat(events).hasSize(Demonstration.MESSAGES).allSatisfy(event -> {
            assertThat(event.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
            assertThat(event.getStringProperty("messageType")).isEqualTo("Deposited");
        });
        for (int account = 0; account < Traffic.ACCOUNTS; account++) {
            List<String> bodies = new ArrayList<>();
            for (Message event : events) {
                if (event.getStringProperty("JMSXGroupID").equals("account-" + account)) {
                    assertThat(event.getLongProperty("position")).isEqualTo(bodies.size());
                    bodies.add(event.getBody(String.class));
                }
            }
            assertThat(bodies).isEqualTo(numbers(account));
        }
    }

    private static void assertPayments(List<StoredMessage> payments) {
        Map<String, List<String>> streams = payments.stream()
                .collect(groupingBy(payment -> payment.stream().value(), mapping(StoredMessage::data, toList())));
        assertThat(streams)
                .isEqualTo(IntStream.range(0, Traffic.ACCOUNTS)
                        .boxed()
                        .collect(Collectors.toMap(account -> "payment-" + account, JmsBridgeIT::numbers)));
    }

    private static List<String> numbers(int account) {
        return IntStream.iterate(
                        account, number -> number < Demonstration.MESSAGES, number -> number + Traffic.ACCOUNTS)
                .mapToObj(Traffic::json)
                .toList();
    }
}
