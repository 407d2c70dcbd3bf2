package io.github.camelmessagedb.examples.kafka;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records whose handling fails, once before they are written and once afterwards. */
class FailingRecordsIT {

    private static final int RECORDS = 300;
    private static final int ACCOUNTS = 20;

    @RegisterExtension
    final MessageDbExtension messageDb = MessageDbExtension.create();

    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    @Test
    void a_record_that_fails_is_read_again_and_none_is_passed_or_written_twice() throws Exception {
        try (Broker broker = Broker.start("account-events", "payments", "payments-dead");
                DefaultCamelContext context = bridge(broker.url())) {
            new Traffic(messageDb.dataSource(), broker.url()).write(0, RECORDS);
            context.start();

            await().atMost(Duration.ofMinutes(3)).until(() -> payments().size() >= RECORDS);
            context.stop();
            assertThat(failed).hasSize(6);
            assertThat(byStream()).isEqualTo(expected());
        }
    }

    private DefaultCamelContext bridge(String brokers) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("messageDb", messageDb.dataSource());
        context.getComponent("kafka", KafkaComponent.class).getConfiguration().setBrokers(brokers);
        context.addRoutes(new BridgeRoutes());
        AdviceWith.adviceWith(context, "topic-to-category", route -> {
            route.weaveByToUri("messagedb:payment*").before().process(exchange -> failOnce(exchange, 77, "before"));
            route.weaveAddLast().process(exchange -> failOnce(exchange, 99, "after"));
        });
        return context;
    }

    private void failOnce(Exchange exchange, int every, String when) {
        String body = exchange.getMessage().getBody(String.class);
        int number = Integer.parseInt(body.replaceAll("\\D", ""));
        if (number > 0 && number % every == 0 && failed.add(when + number)) {
            throw new IllegalStateException("On purpose, " + when + " the write of " + number);
        }
    }

    private Map<String, List<String>> byStream() {
        return payments().stream()
                .collect(groupingBy(payment -> payment.stream().value(), mapping(StoredMessage::data, toList())));
    }

    private static Map<String, List<String>> expected() {
        return IntStream.range(0, RECORDS)
                .boxed()
                .collect(groupingBy(
                        number -> "payment-" + number % ACCOUNTS,
                        mapping(number -> "{\"number\": " + number + "}", toList())));
    }

    private List<StoredMessage> payments() {
        return new MessageStore(messageDb.dataSource())
                .reader()
                .readCategory(ReadQuery.of("payment").withBatchSize(ReadQuery.UNLIMITED))
                .messages();
    }
}
