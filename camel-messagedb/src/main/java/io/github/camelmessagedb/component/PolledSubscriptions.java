package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.PulledSubscription;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.support.LRUCacheFactory;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription for all that is polled from endpoints of one URI: Camel makes a polling consumer for each route and each
 * template, and may make an endpoint for each poll, which must not take the position from each other.
 */
final class PolledSubscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDbEndpoint.class);

    /** Of URIs that are made of messages there may be any number. */
    private static final int URIS_TOLD = 100;

    private final Map<String, PulledSubscription> byUri = new HashMap<>();

    private final Set<String> told = Collections.newSetFromMap(LRUCacheFactory.newLRUCache(URIS_TOLD));

    /** Says, once for a URI, which of its options do nothing when it is polled. */
    synchronized void tell(String endpointUri, List<String> options) {
        if (!options.isEmpty() && told.add(endpointUri)) {
            LOG.warn(
                    "What polls {} decides by itself how many messages are handled at once, and what becomes of one that"
                            + " fails: the option(s) {} are for consumers, from(\"messagedb:...\"), and do nothing here",
                    URISupport.sanitizeUri(endpointUri),
                    String.join(", ", options));
        }
    }

    /** Joins the one of an endpoint, to be left when it is no longer used; made if there is none. */
    synchronized PulledSubscription join(String endpointUri, Supplier<PulledSubscription> made) {
        byUri.values().removeIf(PulledSubscription::isOver);
        PulledSubscription present = byUri.get(endpointUri);
        if (present != null && present.join()) {
            return present;
        }
        PulledSubscription fresh = made.get();
        fresh.join();
        byUri.put(endpointUri, fresh);
        return fresh;
    }
}
