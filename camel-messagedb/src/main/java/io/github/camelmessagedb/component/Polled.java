package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.PulledSubscription;
import io.github.camelmessagedb.subscription.Taken;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * What an exchange has polled from one endpoint. It is settled at the end of the exchange, all at once: handled, if the
 * exchange did not fail. A polled exchange that was not merged into it, because the aggregation strategy failed or did not
 * want it, counts as failed.
 */
final class Polled extends SynchronizationAdapter {

    private static final String PROPERTY = MessageDbConstants.PREFIX + "Polled:";

    private final PulledSubscription subscription;
    private final List<Part> parts = new ArrayList<>();

    private Polled(PulledSubscription subscription) {
        this.subscription = subscription;
    }

    /**
     * What this exchange has polled so far. Not what another exchange has: properties are copied, and the end of an exchange
     * may be handed over to another one.
     */
    static Polled by(Exchange exchange, String endpointUri, PulledSubscription subscription) {
        Polled present = exchange.getProperty(PROPERTY + endpointUri, Polled.class);
        UnitOfWork unitOfWork = exchange.getUnitOfWork();
        if (present != null
                && present.subscription == subscription
                && unitOfWork != null
                && unitOfWork.containsSynchronization(present)) {
            present.giveBackWhatWasNotMerged(unitOfWork);
            return present;
        }
        Polled polled = new Polled(subscription);
        exchange.setProperty(PROPERTY + endpointUri, polled);
        exchange.getExchangeExtension().addOnCompletion(polled);
        return polled;
    }

    /** Camel's error handler polls again where the first poll's exchange could not be merged: the same is to come again. */
    private void giveBackWhatWasNotMerged(UnitOfWork unitOfWork) {
        List<Part> lost = parts.stream()
                .filter(part -> !unitOfWork.containsSynchronization(part))
                .toList();
        parts.removeAll(lost);
        subscription.settle(List.of(), taken(lost));
    }

    /** One more message or list; its own exchange is to be merged into this one. */
    void add(Taken taken, Exchange polled) {
        Part part = new Part(taken);
        parts.add(part);
        polled.getExchangeExtension().addOnCompletion(part);
    }

    /** After all its parts. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    @Override
    public void onDone(Exchange exchange) {
        boolean handled = Outcome.failure(exchange) == null;
        List<Part> merged =
                parts.stream().filter(part -> handled && part.merged).toList();
        List<Part> others =
                parts.stream().filter(part -> !merged.contains(part)).toList();
        subscription.settle(taken(merged), taken(others));
    }

    private static List<Taken> taken(List<Part> parts) {
        return parts.stream().map(part -> part.taken).toList();
    }

    /** Goes with the polled exchange; when the end of the polling one reaches it, it was merged. */
    private static final class Part extends SynchronizationAdapter {

        private final Taken taken;
        private boolean merged;

        Part(Taken taken) {
            this.taken = taken;
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST;
        }

        @Override
        public void onDone(Exchange exchange) {
            merged = true;
        }
    }
}
