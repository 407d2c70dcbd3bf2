package io.github.camelmessagedb.examples.jms;

import static io.github.camelmessagedb.component.MessageDbConstants.GLOBAL_POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.MESSAGE_ID;
import static io.github.camelmessagedb.component.MessageDbConstants.MESSAGE_TYPE;
import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_STREAM_NAME;
import static io.github.camelmessagedb.component.MessageDbConstants.POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.STREAM_NAME;

import io.github.camelmessagedb.store.OutcomeUnknownException;
import io.github.camelmessagedb.store.StoreUnavailableException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** The bridge: the queue payments to the category payment, the category account to the topic account-events. */
final class BridgeRoutes extends RouteBuilder {

    @Override
    public void configure() {
        queueToCategory();
        categoryToTopic();
    }

    private void queueToCategory() {
        // The message leaves the queue when it is written, for the session's transaction ends with the route. What
        // fails is
        // rolled back and delivered again, at once, until the broker takes it to the dead letters.
        from("jms:queue:payments?transacted=true&lazyCreateTransactionManager=false"
                        + "&cacheLevelName=CACHE_CONSUMER&disableReplyTo=true")
                .routeId("queue-to-category")
                // No database is no fault of the message's: it waits here, for ever, and nothing overtakes it. (A stop
                // leaves it in the queue.)
                .onException(StoreUnavailableException.class, OutcomeUnknownException.class)
                .maximumRedeliveries(-1)
                .redeliveryDelay(1000)
                .retryAttemptedLogLevel(LoggingLevel.WARN)
                .end()
                .validate(simple("${header.paymentId} != null && ${header.account} != null"))
                .setHeader(OVERRIDE_STREAM_NAME, simple("payment-${header.account}"))
                // The id follows from the payment's own, which stays the same when its sender sends it again;
                // ${header.JMSMessageID} would do for what the broker delivers again, only.
                .to("messagedb:payment?messageType=Paid&idExpression=payment-${header.paymentId}");
    }

    private void categoryToTopic() {
        // Four streams at a time, each in order. Fewer than maxInFlight + positionUpdateInterval are sent again after a
        // kill.
        from("messagedb:account?consumerId=jms-bridge&concurrentConsumers=4&maxInFlight=100&positionUpdateInterval=100")
                .routeId("category-to-topic")
                // Headers of Camel's stay with Camel. Who reads the topic tells by the id what came before...
                .setHeader("messageId", header(MESSAGE_ID))
                .setHeader("messageType", header(MESSAGE_TYPE))
                .setHeader("position", header(POSITION))
                .setHeader("globalPosition", header(GLOBAL_POSITION))
                // ... and Artemis does so itself, with a property of its own: what is sent again goes to nobody twice.
                .setHeader("_AMQ_DUPL_ID", header(MESSAGE_ID))
                // Where several consumers share a subscription, it keeps a stream with one of them, in order.
                .setHeader("JMSXGroupID", header(STREAM_NAME))
                // It is done when the broker has stored it. If that fails, the consumer routes it again, for ever.
                .to("jms:topic:account-events?deliveryPersistent=true");
    }
}
