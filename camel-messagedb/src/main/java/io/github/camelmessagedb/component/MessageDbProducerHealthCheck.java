package io.github.camelmessagedb.component;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Up always: who writes is told of failures. It says how it writes, where that is not always the same. */
final class MessageDbProducerHealthCheck extends AbstractHealthCheck {

    private final MessageDbEndpoint endpoint;

    MessageDbProducerHealthCheck(MessageDbEndpoint endpoint) {
        super("camel", "messagedb-producer-" + endpoint.getName());
        this.endpoint = endpoint;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail(
                "fastWrites",
                endpoint.getComponent().fastWrites(endpoint.getDataSource()).toString());
        builder.up();
    }
}
