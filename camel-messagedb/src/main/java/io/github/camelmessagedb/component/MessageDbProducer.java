package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.OutcomeUnknownException;
import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.store.WriteCoalescer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** Writes to and reads from Message DB. */
final class MessageDbProducer extends DefaultAsyncProducer {

    private final MessageDbEndpoint endpoint;
    private final ObservedStore store;
    private final MessageMapper mapper;
    private final WriteRequests requests;
    private final SharedIds sharedIds;
    private volatile @Nullable WriteCoalescer coalescer;
    private @Nullable HealthCheck healthCheck;

    MessageDbProducer(MessageDbEndpoint endpoint, ObservedStore store, WriteRequests requests) {
        super(endpoint);
        this.endpoint = endpoint;
        this.store = store;
        this.mapper = requests.mapper();
        this.requests = requests;
        this.sharedIds =
                new SharedIds(endpoint.getName(), endpoint.getConfiguration().getIdExpression());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (endpoint.getConfiguration().isCoalesceWrites()) {
            coalescer = endpoint.coalescer();
        }
        if (endpoint.getConfiguration().isFastWrites()) {
            addHealthCheck();
        }
    }

    private void addHealthCheck() {
        WritableHealthCheckRepository checks = HealthCheckHelper.getHealthCheckRepository(
                endpoint.getCamelContext(), "producers", WritableHealthCheckRepository.class);
        if (checks != null) {
            MessageDbProducerHealthCheck check = new MessageDbProducerHealthCheck(endpoint);
            check.setEnabled(endpoint.getComponent().isHealthCheckProducerEnabled());
            checks.addHealthCheck(check);
            healthCheck = check;
        }
    }

    @Override
    protected void doStop() throws Exception {
        WritableHealthCheckRepository checks = HealthCheckHelper.getHealthCheckRepository(
                endpoint.getCamelContext(), "producers", WritableHealthCheckRepository.class);
        if (checks != null && healthCheck != null) {
            checks.removeHealthCheck(healthCheck);
        }
        healthCheck = null;
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        boolean done = true;
        try {
            done = act(exchange, callback);
        } catch (RuntimeException | Error e) {
            exchange.setException(e);
        }
        if (done) {
            callback.done(true);
        }
        return done;
    }

    /** @return false if it is not done yet, and the callback will be told when it is */
    private boolean act(Exchange exchange, AsyncCallback callback) {
        Message message = exchange.getMessage();
        Steering steering = mapper.steering(message);
        switch (steering.operation(endpoint.getConfiguration().getOperation())) {
            case write -> {
                return write(exchange, callback);
            }
            case readStream -> read(exchange, steering, store.reader()::readStream);
            case readCategory -> read(exchange, steering, store.reader()::readCategory);
            case readAll -> read(exchange, steering, store.reader()::readAll);
            case readLastMessage -> readLastMessage(exchange, steering);
            case streamVersion -> streamVersion(message, steering);
            case streamIdentifiers -> message.setBody(store.reader().streamIdentifiers(requests.stream(steering)));
            case messageStoreVersion -> message.setBody(store.reader().storeVersion());
        }
        mapper.removeSteering(exchange.getMessage());
        return true;
    }

    private boolean write(Exchange exchange, AsyncCallback callback) {
        WriteRequest request = requests.of(exchange);
        WriteCoalescer shared = coalescer;
        if (shared != null && !request.batch() && !exchange.isTransacted() && !store.mayBeInTransaction()) {
            return writeShared(shared, request, exchange, callback);
        }
        try {
            answer(exchange, request, store.write(request.messages(), request.expectedVersions(), sharedIds));
        } catch (OutcomeUnknownException e) {
            requests.rememberInDoubt(exchange, request);
            throw e;
        }
        return true;
    }

    /** While others write, the exchange waits without a thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // What settle throws is the exchange's.
    private boolean writeShared(
            WriteCoalescer shared, WriteRequest request, Exchange exchange, AsyncCallback callback) {
        CompletableFuture<Long> outcome =
                store.writeShared(shared, request.messages().get(0), request.expectedVersion(), sharedIds);
        boolean done = outcome.isDone();
        outcome.whenComplete((position, failure) -> {
            settle(exchange, request, position, failure);
            if (!done) {
                callback.done(false);
            }
        });
        return done;
    }

    private void settle(Exchange exchange, WriteRequest request, @Nullable Long position, @Nullable Throwable failure) {
        try {
            if (position != null) {
                answer(exchange, request, List.of(position));
            } else {
                fail(exchange, request, failure);
            }
        } catch (RuntimeException | Error e) {
            exchange.setException(e);
        }
    }

    private void fail(Exchange exchange, WriteRequest request, @Nullable Throwable failure) {
        if (failure instanceof OutcomeUnknownException) {
            requests.rememberInDoubt(exchange, request);
        }
        exchange.setException(failure);
    }

    private void answer(Exchange exchange, WriteRequest request, List<Long> positions) {
        Message message = exchange.getMessage();
        if (request.batch()) {
            mapper.answerWritten(message, positions);
        } else {
            mapper.answerWritten(
                    message, positions.get(0), request.messages().get(0).id());
        }
        mapper.removeSteering(message);
        request.parts().forEach(mapper::removeSteering);
    }

    private ReadQuery query(Steering steering) {
        MessageDbConfiguration configuration = endpoint.getConfiguration();
        Long position = steering.readPosition();
        if (position == null) {
            position = configuration.getPosition();
        }
        Filter filter = endpoint.filter();
        return new ReadQuery(
                requests.stream(steering), position == null ? 0 : position, configuration.getBatchSize(), filter);
    }

    private void read(Exchange exchange, Steering steering, Function<ReadQuery, Page> reading) {
        String sql = endpoint.getConfiguration().getSql();
        ReadQuery query = query(steering);
        Page page = store.read(
                () -> sql == null ? reading.apply(query) : store.reader().readSql(sql, query));
        exchange.getMessage().setBody(mapper.messages(page.messages(), exchange));
        mapper.answerRead(exchange.getMessage(), page.nextPosition());
    }

    private void readLastMessage(Exchange exchange, Steering steering) {
        Message message = exchange.getMessage();
        StreamName stream = requests.stream(steering);
        String type = steering.type();
        Optional<StoredMessage> last = store.reader()
                .readLastMessage(
                        stream, type == null ? endpoint.getConfiguration().getMessageType() : type);
        last.ifPresentOrElse(
                stored -> mapper.describe(stored, message, exchange), () -> mapper.describeNothing(message));
    }

    private void streamVersion(Message message, Steering steering) {
        OptionalLong version = store.reader().streamVersion(requests.stream(steering));
        message.setBody(version.isPresent() ? version.getAsLong() : null);
    }
}
