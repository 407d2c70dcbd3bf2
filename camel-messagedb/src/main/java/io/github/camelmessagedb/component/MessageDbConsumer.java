package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.subscription.OwnershipLostException;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.Subscription;
import io.github.camelmessagedb.subscription.SubscriptionStatus;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes the messages of a stream or category. */
final class MessageDbConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDbConsumer.class);

    private final MessageDbEndpoint endpoint;
    private final MessageMapper mapper;

    /** Outlives a stop of the route: a position that is kept in memory is not lost by it. */
    private final PositionStore positions;

    private @Nullable Subscription subscription;
    private @Nullable ExecutorService executor;
    private @Nullable Future<?> run;

    MessageDbConsumer(MessageDbEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.mapper = endpoint.mapper();
        this.positions = endpoint.positionStore();
        if (endpoint.getComponent().isHealthCheckConsumerEnabled()) {
            setHealthCheck(new MessageDbConsumerHealthCheck(this, endpoint));
        }
    }

    /** How the subscription is doing. */
    @Nullable
    SubscriptionStatus status() {
        Subscription current = subscription;
        return current == null ? null : current.status();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        endpoint.announcePosition();
        executor = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadExecutor(this, endpoint.getEndpointUri());
        subscription = endpoint.subscription(positions, this::handle);
        begin();
    }

    private void begin() {
        Subscription current = subscription;
        ExecutorService thread = executor;
        if (current != null && thread != null) {
            current.prepare();
            run = thread.submit(() -> run(current));
        }
    }

    private void run(Subscription current) {
        try {
            current.run();
        } catch (OwnershipLostException e) {
            LOG.error("The {} has stopped: {}", endpoint.identity(), e.getMessage());
            getExceptionHandler().handleException(e.getMessage(), e);
        }
    }

    /** Ends with the message being handled, and with the position stored. */
    private void end() {
        Subscription current = subscription;
        Future<?> running = run;
        if (current == null || running == null) {
            return;
        }
        current.stop();
        try {
            running.get(
                    getEndpoint().getCamelContext().getShutdownStrategy().getTimeout(),
                    getEndpoint().getCamelContext().getShutdownStrategy().getTimeUnit());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn("The {} has not ended in time: what it is handling will be handled again", endpoint.identity());
        } catch (ExecutionException e) {
            getExceptionHandler().handleException("The " + endpoint.identity() + " has ended", e.getCause());
        }
    }

    @Override
    protected void doSuspend() throws Exception {
        end();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        begin();
    }

    @Override
    protected void doStop() throws Exception {
        end();
        ExecutorService thread = executor;
        if (thread != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(thread);
            thread.awaitTermination(1, TimeUnit.SECONDS);
        }
        executor = null;
        run = null;
        super.doStop();
    }

    private void handle(List<StoredMessage> messages) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            fill(exchange, messages);
            route(exchange);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private void fill(Exchange exchange, List<StoredMessage> messages) {
        if (endpoint.getConfiguration().isBatching()) {
            exchange.getIn().setBody(mapper.messages(messages, exchange));
        } else {
            mapper.consumed(messages.get(0), exchange);
        }
    }

    /** What an error handler dealt with is done; what it gave up on, or what was marked for rollback, is not. */
    private void route(Exchange exchange) throws Exception {
        createUoW(exchange);
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            doneUoW(exchange);
        }
        Exception failure = exchange.getException();
        if (failure != null) {
            throw failure;
        }
        if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
            throw new RollbackExchangeException("The exchange was marked for rollback", exchange);
        }
    }
}
