package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.OutcomeUnknownException;
import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** Writes to and reads from Message DB. */
final class MessageDbProducer extends DefaultProducer {

    private final MessageDbEndpoint endpoint;
    private final ObservedStore store;
    private final MessageMapper mapper;
    private final WriteRequests requests;
    private final SharedIds sharedIds;

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
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Steering steering = mapper.steering(message);
        switch (steering.operation(endpoint.getConfiguration().getOperation())) {
            case write -> write(exchange);
            case readStream -> read(exchange, steering, store.reader()::readStream);
            case readCategory -> read(exchange, steering, store.reader()::readCategory);
            case readAll -> read(exchange, steering, store.reader()::readAll);
            case readLastMessage -> readLastMessage(exchange, steering);
            case streamVersion -> streamVersion(message, steering);
            case streamIdentifiers -> message.setBody(store.reader().streamIdentifiers(requests.stream(steering)));
            case messageStoreVersion -> message.setBody(store.reader().storeVersion());
        }
        mapper.removeSteering(exchange.getMessage());
    }

    private void write(Exchange exchange) {
        WriteRequest request = requests.of(exchange);
        List<Long> positions = written(request, exchange);
        if (request.batch()) {
            mapper.answerWritten(exchange.getMessage(), positions);
        } else {
            mapper.answerWritten(
                    exchange.getMessage(),
                    positions.get(0),
                    request.messages().get(0).id());
        }
    }

    private List<Long> written(WriteRequest request, Exchange exchange) {
        try {
            return store.write(request.messages(), request.expectedVersions(), sharedIds);
        } catch (OutcomeUnknownException e) {
            requests.rememberInDoubt(exchange, request);
            throw e;
        }
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
