package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.SubscriptionStatus;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Up while the subscription reads and handles messages, or waits for some. */
final class MessageDbConsumerHealthCheck extends AbstractHealthCheck {

    private final MessageDbConsumer consumer;
    private final MessageDbEndpoint endpoint;

    MessageDbConsumerHealthCheck(MessageDbConsumer consumer, MessageDbEndpoint endpoint) {
        super("camel", "messagedb-consumer-" + endpoint.getName());
        this.consumer = consumer;
        this.endpoint = endpoint;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        SubscriptionStatus status = consumer.status();
        builder.detail("subscription", endpoint.identity().toString());
        if (status == null) {
            builder.unknown();
            return;
        }
        builder.detail("state", status.state().name());
        if (status.position() != null) {
            builder.detail("position", status.position());
        }
        if (status.storedPosition() != null) {
            builder.detail("storedPosition", status.storedPosition());
        }
        switch (status.state()) {
            case RUNNING -> builder.up();
            case STOPPED -> builder.unknown();
            default -> builder.down();
        }
        if (status.lastError() != null) {
            builder.message(status.lastError().getMessage());
            builder.error(status.lastError());
        }
    }
}
