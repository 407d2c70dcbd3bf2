package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StreamName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What may be taken, and who has taken what. While somebody has a message, the later messages of its stream are for that
 * taker alone: two takers never have messages of one stream, and so it stays in order. Used by one thread at a time.
 */
final class Offer {

    /** By their positions: what failed comes before what is after it in its stream. */
    private final NavigableMap<Long, Delivery> waiting = new TreeMap<>();

    private final Map<StreamName, Hold> held = new HashMap<>();
    private final Set<Delivery> failedBefore = Collections.newSetFromMap(new IdentityHashMap<>());

    /** That somebody has so many messages of a stream. */
    private record Hold(Object taker, int messages) {

        Hold and(Hold more) {
            return new Hold(taker, messages + more.messages());
        }
    }

    void add(List<Delivery> deliveries) {
        deliveries.forEach(delivery -> waiting.put(delivery.position().position(), delivery));
    }

    /**
     * The first messages that this taker may have, in order of their positions. One that failed before is given alone, so
     * that of a list that failed it is known which message is to blame.
     */
    List<Delivery> take(Object taker, int atMost) {
        List<Delivery> taken = new ArrayList<>();
        Iterator<Delivery> candidates = waiting.values().iterator();
        while (candidates.hasNext() && taken.size() < atMost) {
            Delivery next = candidates.next();
            if (!isFor(taker, next)) {
                continue;
            }
            boolean alone = failedBefore.contains(next);
            if (alone && !taken.isEmpty()) {
                break;
            }
            candidates.remove();
            taken.add(next);
            if (alone) {
                break;
            }
        }
        taken.forEach(delivery -> held.merge(stream(delivery), new Hold(taker, 1), Hold::and));
        return taken;
    }

    private boolean isFor(Object taker, Delivery delivery) {
        Hold hold = held.get(stream(delivery));
        return hold == null || hold.taker() == taker;
    }

    /** What was taken is done with. */
    void handled(List<Delivery> deliveries) {
        release(deliveries);
        deliveries.forEach(failedBefore::remove);
        deliveries.forEach(Delivery::done);
    }

    /** What was taken is to be taken again. */
    void failed(List<Delivery> deliveries) {
        release(deliveries);
        failedBefore.addAll(deliveries);
        add(deliveries);
    }

    private void release(List<Delivery> deliveries) {
        deliveries.forEach(delivery -> held.computeIfPresent(
                stream(delivery),
                (stream, hold) -> hold.messages() == 1 ? null : new Hold(hold.taker(), hold.messages() - 1)));
    }

    private static StreamName stream(Delivery delivery) {
        return delivery.message().stream();
    }

    /** Whether all that was taken is settled. */
    boolean isNothingTaken() {
        return held.isEmpty();
    }
}
