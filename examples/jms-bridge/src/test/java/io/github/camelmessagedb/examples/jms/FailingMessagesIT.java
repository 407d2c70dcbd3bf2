package io.github.camelmessagedb.examples.jms;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jms.connection.CachingConnectionFactory;

/** Messages whose handling fails: every seventh once before it is written, every one once afterwards. */
class FailingMessagesIT {

    private static final int MESSAGES = 300;

    @RegisterExtension
    final MessageDbExtension messageDb = MessageDbExtension.create();

    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    @Test
    void a_message_that_fails_is_delivered_again_and_none_is_passed_overtaken_or_written_twice(@TempDir Path directory)
            throws Exception {
        try (Broker broker = Broker.start(directory);
                ActiveMQConnectionFactory sender = new ActiveMQConnectionFactory(broker.url())) {
            new Traffic(messageDb.dataSource(), sender).write(0, MESSAGES);
            CachingConnectionFactory connections = Bridge.connections(broker.url());
            try (DefaultCamelContext context = bridge(connections)) {
                context.start();
                await().atMost(Duration.ofMinutes(1)).until(() -> payments().size() >= MESSAGES);
            } finally {
                connections.destroy();
            }
            assertThat(failed).hasSize(MESSAGES + 43);
            assertThat(byStream()).isEqualTo(expected());
        }
    }

    private DefaultCamelContext bridge(CachingConnectionFactory connections) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("messageDb", messageDb.dataSource());
        context.getRegistry().bind("connections", connections);
        context.addRoutes(new BridgeRoutes());
        AdviceWith.adviceWith(context, "queue-to-category", route -> {
            route.weaveByToUri("messagedb:payment*").before().process(exchange -> failOnce(exchange, 7, "before"));
            route.weaveAddLast().process(exchange -> failOnce(exchange, 1, "after"));
        });
        return context;
    }

    private void failOnce(Exchange exchange, int every, String when) {
        int number = exchange.getMessage().getHeader("paymentId", Integer.class);
        if (number % every == 0 && failed.add(when + number)) {
            throw new IllegalStateException("On purpose, " + when + " the write of " + number);
        }
    }

    private Map<String, List<String>> byStream() {
        return payments().stream()
                .collect(groupingBy(payment -> payment.stream().value(), mapping(StoredMessage::data, toList())));
    }

    private static Map<String, List<String>> expected() {
        return IntStream.range(0, MESSAGES)
                .boxed()
                .collect(
                        groupingBy(number -> "payment-" + number % Traffic.ACCOUNTS, mapping(Traffic::json, toList())));
    }

    private List<StoredMessage> payments() {
        return new MessageStore(messageDb.dataSource())
                .reader()
                .readCategory(ReadQuery.of("payment").withBatchSize(ReadQuery.UNLIMITED))
                .messages();
    }
}
