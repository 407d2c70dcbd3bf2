package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.PulledSubscription;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One subscription for all that is polled from endpoints of one URI: Camel makes a polling consumer for each route and each
 * template, and may make an endpoint for each poll, which must not take the position from each other.
 */
final class PolledSubscriptions {

    private final Map<String, PulledSubscription> byUri = new HashMap<>();

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
