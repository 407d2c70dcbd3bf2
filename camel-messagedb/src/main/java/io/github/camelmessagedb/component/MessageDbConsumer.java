package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.subscription.MessageHandler.Completion;
import io.github.camelmessagedb.subscription.Subscription;
import io.github.camelmessagedb.subscription.Subscription.Environment;
import io.github.camelmessagedb.subscription.SubscriptionEndedException;
import io.github.camelmessagedb.subscription.Time;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ReactiveExecutor;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.support.LoggingExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes the messages of a stream or category. */
final class MessageDbConsumer extends ManagedMessageDbConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDbConsumer.class);

    /** Camel asks once a second whether this has ended, and would sleep that long for a few milliseconds. */
    private static final Duration PENDING_WAIT = Duration.ofSeconds(1);

    private static final int MOST_ERRORS_AT_END = 100;

    private final MessageDbEndpoint endpoint;
    private final MessageMapper mapper;

    private volatile @Nullable Subscription subscription;
    private volatile @Nullable ExecutorService runner;
    private volatile @Nullable ExecutorService workers;
    private volatile @Nullable Future<?> run;
    private final Set<Thread> ownThreads = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    MessageDbConsumer(MessageDbEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.mapper = endpoint.mapper();
    }

    @Override
    @Nullable
    Subscription subscription() {
        return subscription;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        MessageDbConsumerHealthCheck healthCheck = new MessageDbConsumerHealthCheck(insight(), endpoint);
        healthCheck.setEnabled(endpoint.getComponent().isHealthCheckConsumerEnabled());
        setHealthCheck(healthCheck);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        String name = endpoint.getEndpointUri();
        ExecutorService threads = executors()
                .newFixedThreadPool(this, name, endpoint.getConfiguration().getConcurrentConsumers());
        workers = threads;
        // One run after the other, however quickly it is suspended and resumed.
        runner = executors().newSingleThreadExecutor(this, name);
        subscription = endpoint.subscription(
                this::handle,
                new Environment(
                        task -> threads.execute(() -> onOwnThread(task)),
                        Time.SYSTEM,
                        this::storeFailed,
                        insight().started(getRouteId()),
                        endpoint.getComponent().joinIdleWatch(this, endpoint.getDataSource())));
        begin();
    }

    private void begin() {
        Subscription current = subscription;
        ExecutorService thread = runner;
        if (current != null && thread != null) {
            current.prepare();
            ending = false;
            run = thread.submit(() -> onOwnThread(() -> run(current)));
        }
    }

    private void run(Subscription current) {
        try {
            current.run();
        } catch (SubscriptionEndedException e) {
            // With what made it end, where that is another's: it is told nowhere else with where it comes from.
            LOG.error("The {} has stopped: {}", endpoint.identity(), e.getMessage(), e.getCause());
            tell(String.valueOf(e.getMessage()), e);
        } catch (Throwable e) {
            LOG.error("The {} has stopped, which it never should", endpoint.identity(), e);
        }
    }

    /** The run, and what it has workers do. */
    private void onOwnThread(Runnable task) {
        ownThreads.add(Thread.currentThread());
        try {
            task.run();
        } finally {
            ownThreads.remove(Thread.currentThread());
        }
    }

    /** To end with the messages being handled, and with the position stored. */
    private void end() {
        Subscription current = subscription;
        if (current != null) {
            ending = true;
            current.stop();
        }
    }

    private boolean hasEnded(Duration atMost) {
        Future<?> running = run;
        if (running == null) {
            return true;
        }
        try {
            running.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return running.isDone();
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            getExceptionHandler().handleException("The " + endpoint.identity() + " has ended", cause);
            return true;
        }
    }

    private boolean isOwnThread() {
        return ownThreads.contains(Thread.currentThread());
    }

    /**
     * Does not wait: a route policy calls it, perhaps on the consumer's own thread or with a lock that this thread waits
     * for. Where Camel suspends or stops the route it waits itself, see {@link #getPendingExchangesSize()}.
     */
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
        Subscription current = subscription;
        end();
        if (isOwnThread()) {
            // The route itself: waiting here would be waiting for ourselves.
            shutdown(executors()::shutdown);
        } else if (runner != null) {
            if (!hasEnded(patience()) && current != null) {
                LOG.warn(
                        "The {} has not ended in time: what it is handling will be handled again", endpoint.identity());
                current.abandon();
            }
            shutdown(executors()::shutdownNow);
        }
        endpoint.getComponent().leaveIdleWatch(this);
        insight().stopped();
        super.doStop();
    }

    private void shutdown(Consumer<ExecutorService> how) {
        Stream.of(runner, workers).filter(Objects::nonNull).forEach(how);
        runner = null;
        workers = null;
    }

    /** Camel's own time, unless that has passed already. */
    private Duration patience() {
        ShutdownStrategy strategy = getEndpoint().getCamelContext().getShutdownStrategy();
        return strategy.isTimeoutOccurred()
                ? Duration.ZERO
                : Duration.of(strategy.getTimeout(), strategy.getTimeUnit().toChronoUnit());
    }

    private ExecutorServiceManager executors() {
        return getEndpoint().getCamelContext().getExecutorServiceManager();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    /** Lets Camel wait, once it has suspended this consumer, until the position is stored. */
    @Override
    public int getPendingExchangesSize() {
        return !ending || isOwnThread() || hasEnded(PENDING_WAIT) ? 0 : 1;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // The stop that follows does it.
    }

    private void storeFailed(Throwable failure) {
        tell("The " + endpoint.identity() + " cannot use its store", failure);
    }

    /** The log has it already: it is for a handler of the user's, or for the route's error handler. */
    private void tell(String what, Throwable failure) {
        if (!(getExceptionHandler() instanceof LoggingExceptionHandler)) {
            getExceptionHandler().handleException(what, failure);
        }
    }

    private void handle(List<StoredMessage> messages, Completion completion) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            mapper.consumed(messages, endpoint.getConfiguration().isBatching(), exchange);
            createUoW(exchange);
        } catch (Throwable e) {
            releaseExchange(exchange, false);
            throw e;
        }
        route(exchange, completion);
    }

    private void route(Exchange exchange, Completion completion) {
        AtomicBoolean completed = new AtomicBoolean();
        Runnable end = () -> {
            if (completed.compareAndSet(false, true)) {
                completed(exchange, completion);
            }
        };
        try {
            getAsyncProcessor().process(exchange, doneSync -> end.run());
        } catch (Throwable e) {
            exchange.setException(e);
            finish(exchange);
            end.run();
        }
    }

    private void completed(Exchange exchange, Completion completion) {
        try {
            doneUoW(exchange);
        } catch (Throwable e) {
            exchange.setException(e);
        }
        Throwable failure = Outcome.failure(exchange);
        releaseExchange(exchange, false);
        completion.done(failure);
    }

    /**
     * A VirtualMachineError, such as that of a full stack, gets out of a route while the thread still has the rest of the
     * route in its queue: left there, the exchange would stay in flight, and go on when the thread routes the next. As it
     * has failed by now, its rest is no more than its end.
     */
    private void finish(Exchange exchange) {
        ReactiveExecutor queue =
                getEndpoint().getCamelContext().getCamelContextExtension().getReactiveExecutor();
        for (int i = 0; i < MOST_ERRORS_AT_END; i++) {
            try {
                queue.schedule(() -> {});
                return;
            } catch (Throwable e) {
                exchange.setException(e);
            }
        }
    }
}
