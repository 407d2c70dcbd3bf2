package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.FailurePolicy;
import io.github.camelmessagedb.subscription.Handling;
import io.github.camelmessagedb.subscription.MemoryPositionStore;
import io.github.camelmessagedb.subscription.MessageHandler;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.PulledSubscription;
import io.github.camelmessagedb.subscription.StartPosition;
import io.github.camelmessagedb.subscription.StoreSource;
import io.github.camelmessagedb.subscription.StreamPositionStore;
import io.github.camelmessagedb.subscription.Subscription;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import io.github.camelmessagedb.subscription.SubscriptionOptions;
import io.github.camelmessagedb.subscription.SubscriptionOptions.PositionUpdates;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Retries;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Start;
import io.github.camelmessagedb.subscription.Time;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Expression;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Write messages to Message DB, read them back, and subscribe to its categories. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "messagedb",
        title = "Message DB",
        syntax = "messagedb:name",
        category = {Category.DATABASE, Category.MESSAGING},
        headersClass = MessageDbConstants.class)
public class MessageDbEndpoint extends DefaultEndpoint implements HeaderFilterStrategyAware, EndpointServiceLocation {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDbEndpoint.class);

    private final StreamName streamName;

    @UriPath(description = "The category, such as account, or stream, such as account-123, to write to or to read")
    @Metadata(required = true)
    private String name;

    @UriParam
    private MessageDbConfiguration configuration;

    @UriParam(
            label = "advanced",
            description = "The data source to use, instead of the component's: a bean, such as #bean:ledger")
    private @Nullable DataSource dataSource;

    @UriParam(
            label = "advanced",
            description = "What passes between headers and metadata, instead of the component's. By default no header"
                    + " becomes metadata, and all metadata but what belongs to Camel becomes headers")
    private @Nullable HeaderFilterStrategy headerFilterStrategy;

    private @Nullable MessageStore store;
    private @Nullable PositionStore positions;
    private @Nullable PositionStore polledPositions;
    private @Nullable Subscription subscription;

    /** An endpoint of a component, for a stream or a category. */
    public MessageDbEndpoint(
            String uri, MessageDbComponent component, StreamName streamName, MessageDbConfiguration configuration) {
        super(uri, component);
        this.streamName = streamName;
        this.name = streamName.value();
        this.configuration = configuration;
    }

    @Override
    public MessageDbComponent getComponent() {
        return (MessageDbComponent) super.getComponent();
    }

    @Override
    public Producer createProducer() {
        filter();
        option("expectedVersion", () -> new ExpectedVersion(configuration.getExpectedVersion()));
        requireBatchSize(ReadQuery.UNLIMITED);
        return new MessageDbProducer(
                this,
                store(),
                new WriteRequests(
                        streamName, configuration, mapper(), new JsonBody(getCamelContext()), idExpression()));
    }

    /** Without this it would be a category that has nothing in it. */
    private void requireConsumable() {
        if (streamName.equals(ReadQuery.ALL)) {
            throw new IllegalArgumentException("The name " + ReadQuery.ALL
                    + " stands for everything, which cannot be consumed yet, only read: give a category or a stream");
        }
    }

    private void requireCategoryForCorrelation() {
        if (configuration.getCorrelation() != null && !streamName.isCategory()) {
            throw new IllegalArgumentException("The stream '" + streamName
                    + "' cannot be consumed with the option correlation, which is for categories. Its category is '"
                    + streamName.category() + "'");
        }
    }

    private void requireBatchSize(int least) {
        int batchSize = configuration.getBatchSize();
        if (batchSize == 0 || batchSize < least) {
            throw new IllegalArgumentException("Bad batchSize " + batchSize + ": it must be at least 1"
                    + (least < 0 ? ", or -1 for no limit" : ""));
        }
    }

    private @Nullable Expression idExpression() {
        String text = configuration.getIdExpression();
        if (text == null) {
            return null;
        }
        Expression expression = getCamelContext().resolveLanguage("simple").createExpression(text);
        expression.init(getCamelContext());
        return expression;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        requireSubscribable();
        MessageDbConsumer consumer = new MessageDbConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    private void requireSubscribable() {
        requireConsumable();
        requireCategoryForCorrelation();
        identity();
        filter();
        options();
        requireBatchSize(1);
    }

    /** Not the one that queues what a running consumer brings: it would count as handled before anybody took it. */
    @Override
    public PollingConsumer createPollingConsumer() {
        requireSubscribable();
        return new MessageDbPollingConsumer(this);
    }

    /** What is polled from this endpoint, to be left when it is no longer used. */
    PulledSubscription joinPolled() {
        return getComponent().polled().join(getEndpointUri(), () -> {
            announcePosition();
            return new PulledSubscription(
                    new PulledSubscription.Parts(identity(), source(), polledPositionStore(), options(), Time.SYSTEM));
        });
    }

    SubscriptionIdentity identity() {
        return new SubscriptionIdentity(streamName, configuration.getConsumerId(), group());
    }

    private @Nullable ConsumerGroup group() {
        return option(
                        "consumerGroupMember, consumerGroupSize",
                        () -> ConsumerGroup.of(
                                configuration.getConsumerGroupMember(), configuration.getConsumerGroupSize()))
                .orElse(null);
    }

    Filter filter() {
        return option("messageTypes", () -> Filter.NONE.withTypes(messageTypes()))
                .withGroup(group())
                .withCorrelation(configuration.getCorrelation())
                .withCondition(configuration.getCondition());
    }

    private Set<String> messageTypes() {
        String types = configuration.getMessageTypes();
        return types == null
                ? Set.of()
                : Arrays.stream(types.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    }

    /** Names the option in what is wrong with its value. */
    private static <T> T option(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (option " + name + ")", e);
        }
    }

    private SubscriptionOptions options() {
        return new SubscriptionOptions(
                new Start(StartPosition.parse(configuration.getStartPosition()), null),
                handling(),
                Duration.ofMillis(configuration.getPollInterval()),
                new PositionUpdates(
                        configuration.getPositionUpdateInterval(),
                        Duration.ofMillis(configuration.getPositionUpdateTimeout())),
                new Retries(
                        Duration.ofMillis(configuration.getRetryDelay()),
                        Duration.ofMillis(configuration.getMaxRetryDelay())));
    }

    private Handling handling() {
        return new Handling(
                workers(), configuration.isBatching() ? configuration.getBatchSize() : 1, 1000, FailurePolicy.RETRY);
    }

    /** How many exchanges it may route at once. */
    int workers() {
        return 1;
    }

    /** The same each time: a route that is stopped and started gets another consumer. */
    private synchronized PositionStore positionStore() {
        if (positions == null) {
            positions = newPositionStore();
        }
        return positions;
    }

    /** Another one than a consumer's: sharing it, they would move one position and not know of each other. */
    private synchronized PositionStore polledPositionStore() {
        if (polledPositions == null) {
            polledPositions = newPositionStore();
        }
        return polledPositions;
    }

    private PositionStore newPositionStore() {
        return identity()
                .positionStream()
                .map(stream -> (PositionStore) new StreamPositionStore(store(), stream))
                .orElseGet(MemoryPositionStore::new);
    }

    private StoreSource source() {
        return new StoreSource(store().reader(), new ReadQuery(streamName, 0, configuration.getBatchSize(), filter()));
    }

    /** Says where the position is kept, where that may not be what somebody expects. */
    void announcePosition() {
        SubscriptionIdentity identity = identity();
        if (identity.positionStream().isEmpty()) {
            LOG.warn(
                    "The {} has no consumerId: its position is kept in memory alone, and lost when the program ends."
                            + " Give it a consumerId to keep it",
                    identity);
        } else if (identity.group() != null && identity.consumerId() == null) {
            LOG.info(
                    "The {} has no consumerId: its position is kept in '{}'",
                    identity,
                    identity.positionStream().get());
        }
    }

    /** A run that has not ended, because it was stopped from its own thread, is to store nothing any more. */
    synchronized Subscription subscription(MessageHandler handler, Executor executor) {
        if (subscription != null) {
            subscription.abandon();
        }
        subscription = new Subscription(new Subscription.Parts(
                identity(),
                source(),
                positionStore(),
                handler,
                options(),
                new Subscription.Environment(executor, Time.SYSTEM, error -> {})));
        return subscription;
    }

    MessageMapper mapper() {
        HeaderFilterStrategy own = headerFilterStrategy;
        return new MessageMapper(own == null ? getComponent().getHeaderFilterStrategy() : own);
    }

    private synchronized MessageStore store() {
        if (store == null) {
            store = getComponent().store(dataSource);
        }
        return store;
    }

    @Override
    public @Nullable String getServiceUrl() {
        return dataSource == null ? getComponent().serviceUrl() : null;
    }

    @Override
    public String getServiceProtocol() {
        return "jdbc";
    }

    /** The category or stream. */
    public String getName() {
        return name;
    }

    /** Changes nothing: the name of an endpoint is given by its URI. */
    public void setName(String name) {
        this.name = name;
    }

    public MessageDbConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(MessageDbConfiguration configuration) {
        this.configuration = configuration;
    }

    public @Nullable DataSource getDataSource() {
        return dataSource;
    }

    public void setDataSource(@Nullable DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public @Nullable HeaderFilterStrategy getHeaderFilterStrategy() {
        return headerFilterStrategy;
    }

    @Override
    public void setHeaderFilterStrategy(@Nullable HeaderFilterStrategy headerFilterStrategy) {
        this.headerFilterStrategy = headerFilterStrategy;
    }
}
