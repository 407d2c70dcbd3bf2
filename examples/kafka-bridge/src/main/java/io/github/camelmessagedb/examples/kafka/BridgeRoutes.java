package io.github.camelmessagedb.examples.kafka;

import static io.github.camelmessagedb.component.MessageDbConstants.GLOBAL_POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.MESSAGE_ID;
import static io.github.camelmessagedb.component.MessageDbConstants.MESSAGE_TYPE;
import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_STREAM_NAME;
import static io.github.camelmessagedb.component.MessageDbConstants.POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.STREAM_NAME;
import static org.apache.camel.component.kafka.KafkaConstants.KEY;
import static org.apache.camel.component.kafka.KafkaConstants.OFFSET;
import static org.apache.camel.component.kafka.KafkaConstants.PARTITION;
import static org.apache.camel.component.kafka.KafkaConstants.TOPIC;

import io.github.camelmessagedb.store.MessageRejectedException;
import io.github.camelmessagedb.store.OutcomeUnknownException;
import io.github.camelmessagedb.store.StoreUnavailableException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;

/** The bridge: the category account to the topic account-events, the topic payments to the category payment. */
final class BridgeRoutes extends RouteBuilder {

    /** By Camel's constants, for the headers had other names once: one that is missing would make one id of all. */
    private static final String ORIGIN = "${header." + TOPIC + "}-${header." + PARTITION + "}-${header." + OFFSET + "}";

    @Override
    public void configure() {
        categoryToTopic();
        topicToCategory();
    }

    private void categoryToTopic() {
        // Four streams at a time, each in order. Fewer than maxInFlight + positionUpdateInterval come again after a
        // kill.
        from("messagedb:account?consumerId=kafka-bridge&concurrentConsumers=4"
                        + "&maxInFlight=100&positionUpdateInterval=100")
                .routeId("category-to-topic")
                // The key chooses the partition, which keeps a stream in order.
                .setHeader(KEY, header(STREAM_NAME))
                // Headers of Camel's stay with Camel. Who reads the topic tells by the id what came before.
                .setHeader("messageId", header(MESSAGE_ID))
                .setHeader("messageType", header(MESSAGE_TYPE))
                .setHeader("position", header(POSITION).convertToString())
                .setHeader("globalPosition", header(GLOBAL_POSITION).convertToString())
                // It is done when all replicas in sync have it. If that fails, the consumer routes it again, for ever.
                .to("kafka:account-events?requestRequiredAcks=all");
    }

    private void topicToCategory() {
        // Offsets are committed with the next poll, when all that was polled is done. A record that fails is not
        // passed:
        // with breakOnFirstError it is read again. Begin with the earliest, or the first failures are lost, too: where
        // nothing is committed yet, Camel's default goes on behind them.
        from("kafka:payments?groupId=messagedb-bridge&consumersCount=3&autoOffsetReset=earliest"
                        + "&breakOnFirstError=true&pollOnError=RECONNECT&isolationLevel=read_committed"
                        + "&sessionTimeoutMs=6000&heartbeatIntervalMs=2000")
                .routeId("topic-to-category")
                // No database: try again for a while, then leave it to Kafka to give it to us again.
                .onException(StoreUnavailableException.class, OutcomeUnknownException.class)
                .maximumRedeliveries(2)
                .redeliveryDelay(1000)
                .retryAttemptedLogLevel(LoggingLevel.WARN)
                .end()
                // What can never be written would hold up its partition for ever.
                .onException(MessageRejectedException.class, IllegalArgumentException.class, ValidationException.class)
                .handled(true)
                .setHeader("origin", simple(ORIGIN))
                .setHeader("error", exceptionMessage())
                .to("kafka:payments-dead?requestRequiredAcks=all")
                .end()
                .validate(header(KEY).isNotNull())
                .setHeader(OVERRIDE_STREAM_NAME, simple("payment-${header." + KEY + "}"))
                // The id follows from where the record is: after a rebalance, a kill or a replay nothing is written
                // twice.
                .to("messagedb:payment?messageType=Paid&idExpression=" + ORIGIN);
    }
}
