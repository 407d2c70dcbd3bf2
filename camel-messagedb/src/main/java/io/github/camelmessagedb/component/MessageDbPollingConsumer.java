package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.PulledSubscription;
import io.github.camelmessagedb.subscription.PulledSubscription.Request;
import io.github.camelmessagedb.subscription.Taken;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.DynamicPollingConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.support.PollingConsumerSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Polls a stream or category. The poll EIPs tell the exchange that polls: what it polled is done with at its end. For
 * others, such as a consumer template, it is done with at the end of the exchange that they get.
 */
final class MessageDbPollingConsumer extends PollingConsumerSupport implements DynamicPollingConsumer {

    private static final Duration FOR_EVER = Duration.ofDays(1000);

    private final MessageDbEndpoint endpoint;
    private final MessageMapper mapper;
    private volatile @Nullable PulledSubscription subscription;

    MessageDbPollingConsumer(MessageDbEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.mapper = endpoint.mapper();
    }

    @Override
    protected void doStart() {
        subscription = endpoint.joinPolled();
    }

    @Override
    protected void doStop() {
        PulledSubscription joined = subscription;
        subscription = null;
        if (joined != null) {
            joined.leave();
        }
    }

    @Override
    public @Nullable Exchange receive() {
        return receive(FOR_EVER);
    }

    @Override
    public @Nullable Exchange receiveNoWait() {
        return receive(Duration.ZERO);
    }

    @Override
    public @Nullable Exchange receive(long timeout) {
        return receive(Duration.ofMillis(timeout));
    }

    @Override
    public @Nullable Exchange receive(Exchange exchange) {
        return receive(exchange, FOR_EVER);
    }

    @Override
    public @Nullable Exchange receiveNoWait(Exchange exchange) {
        return receive(exchange, Duration.ZERO);
    }

    @Override
    public @Nullable Exchange receive(Exchange exchange, long timeout) {
        return receive(exchange, Duration.ofMillis(timeout));
    }

    /** For an exchange of its own. Until that has ended, the later messages of its stream are for this thread. */
    private @Nullable Exchange receive(Duration patience) {
        PulledSubscription joined = joined();
        Taken taken = take(joined, Thread.currentThread(), patience);
        if (taken == null) {
            return null;
        }
        Exchange polled = exchange(joined, taken);
        polled.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                boolean handled = Outcome.failure(done) == null;
                joined.settle(handled ? List.of(taken) : List.of(), handled ? List.of() : List.of(taken));
            }
        });
        return polled;
    }

    /** For an exchange that polls. Until it has ended, the later messages of the stream are for itself. */
    private @Nullable Exchange receive(Exchange polling, Duration patience) {
        PulledSubscription joined = joined();
        Polled all = Polled.by(polling, endpoint.getEndpointUri(), joined);
        Taken taken = take(joined, all, patience);
        if (taken == null) {
            return null;
        }
        Exchange polled = exchange(joined, taken);
        all.add(taken, polled);
        return polled;
    }

    private PulledSubscription joined() {
        PulledSubscription joined = subscription;
        if (joined == null) {
            throw new RejectedExecutionException(this + " is not started");
        }
        return joined;
    }

    private @Nullable Taken take(PulledSubscription joined, Object taker, Duration patience) {
        int atMost = endpoint.getConfiguration().isBatching()
                ? endpoint.getConfiguration().getBatchSize()
                : 1;
        try {
            Taken taken = joined.take(new Request(taker, atMost, patience, this::isPollAllowed));
            if (taken == null && !patience.isZero() && !isPollAllowed()) {
                throw new RejectedExecutionException(this + " was stopped while it waited for a message");
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException(this + " was interrupted while it waited for a message", e);
        }
    }

    private boolean isPollAllowed() {
        return subscription != null && !endpoint.getCamelContext().isStopping();
    }

    private Exchange exchange(PulledSubscription joined, Taken taken) {
        try {
            Exchange exchange = endpoint.createExchange();
            mapper.consumed(taken.messages(), endpoint.getConfiguration().isBatching(), exchange);
            return exchange;
        } catch (Throwable e) {
            joined.settle(List.of(), List.of(taken));
            throw e;
        }
    }
}
