package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import java.util.List;

/** Messages that somebody has taken, until it is settled what has become of them. */
public final class Taken {

    private final List<Delivery> deliveries;
    private boolean settled;

    Taken(List<Delivery> deliveries) {
        this.deliveries = deliveries;
    }

    /** One message, or more in order of their positions. */
    public List<StoredMessage> messages() {
        return deliveries.stream().map(Delivery::message).toList();
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    /** Answers whether it was not settled before. */
    boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }
}
