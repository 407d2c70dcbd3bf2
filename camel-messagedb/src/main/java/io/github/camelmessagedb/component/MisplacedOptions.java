package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Options that an endpoint gives where they do not do what somebody may think. Those that the component gives to all its
 * endpoints are there for others, and left alone.
 *
 * @param endpoint the options
 * @param component its defaults for them
 */
record MisplacedOptions(MessageDbConfiguration endpoint, MessageDbConfiguration component) {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDbEndpoint.class);

    /**
     * Of a consumer.
     *
     * @throws IllegalArgumentException if there is one that a consumer cannot do
     */
    void requireNoneOfProducers(String name, SubscriptionIdentity identity) {
        if (isGiven(MessageDbConfiguration::getOperation)) {
            throw new IllegalArgumentException("The option operation=" + endpoint.getOperation()
                    + " is for producers, to(\"messagedb:...\"): a consumer, from(\"messagedb:" + name
                    + "\"), reads by itself. Leave it out");
        }
        String type = endpoint.getMessageType();
        if (type != null && isGiven(MessageDbConfiguration::getMessageType) && endpoint.getMessageTypes() == null) {
            LOG.warn(
                    "The option messageType={} is for producers: the {} gets messages of all types. To consume those of one"
                            + " type, write messageTypes={}",
                    type,
                    identity,
                    type);
        }
    }

    /** The names of those that do nothing for who polls. */
    List<String> ofConsumersAlone() {
        List<String> names = new ArrayList<>();
        addIfGiven("concurrentConsumers", MessageDbConfiguration::getConcurrentConsumers, names);
        addIfGiven("failurePolicy", MessageDbConfiguration::getFailurePolicy, names);
        addIfGiven("retryDelay", MessageDbConfiguration::getRetryDelay, names);
        addIfGiven("maxRetryDelay", MessageDbConfiguration::getMaxRetryDelay, names);
        return names;
    }

    private void addIfGiven(String name, Function<MessageDbConfiguration, @Nullable Object> value, List<String> names) {
        if (isGiven(value)) {
            names.add(name);
        }
    }

    private boolean isGiven(Function<MessageDbConfiguration, @Nullable Object> value) {
        return !Objects.equals(value.apply(endpoint), value.apply(component));
    }
}
