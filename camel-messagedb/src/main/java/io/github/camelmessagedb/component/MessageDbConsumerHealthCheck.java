package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.SubscriptionStatus;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Up while the subscription reads and handles messages, or waits for some. It answers at once, from what is known.
 *
 * <p>It is for readiness and not for liveness, as a check is unless it says otherwise: a database that is away comes back
 * without a restart of the program; and what ends a consumer, another owner, a store that has lost messages or the failure
 * policy, meets it again after a restart, or makes two programs take the position from each other for ever.
 */
final class MessageDbConsumerHealthCheck extends AbstractHealthCheck {

    private final ConsumerInsight consumer;

    MessageDbConsumerHealthCheck(ConsumerInsight consumer, MessageDbEndpoint endpoint) {
        super("camel", "messagedb-consumer-" + endpoint.getName());
        this.consumer = consumer;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        consumer.details().forEach(builder::detail);
        SubscriptionStatus status = consumer.status();
        switch (consumer.state()) {
            case RUNNING -> builder.up();
            case STOPPED -> builder.unknown();
            default -> builder.down();
        }
        Throwable error = status == null ? null : status.lastError();
        if (error != null) {
            builder.message(error.getMessage());
            builder.error(error);
        }
    }
}
