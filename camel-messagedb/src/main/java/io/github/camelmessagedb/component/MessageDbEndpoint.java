package io.github.camelmessagedb.component;

import io.github.camelmessagedb.component.StartupDoctor.Patient;
import io.github.camelmessagedb.store.Backlog;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.store.WriteCoalescer;
import io.github.camelmessagedb.subscription.MessageHandler;
import io.github.camelmessagedb.subscription.PositionLease;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.PulledSubscription;
import io.github.camelmessagedb.subscription.Source;
import io.github.camelmessagedb.subscription.Subscription;
import io.github.camelmessagedb.subscription.Subscription.Environment;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import io.github.camelmessagedb.subscription.Time;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
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

/** Write messages to Message DB, read them back, and subscribe to its categories. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "messagedb",
        title = "Message DB",
        syntax = "messagedb:name",
        category = {Category.DATABASE, Category.MESSAGING},
        headersClass = MessageDbConstants.class)
public class MessageDbEndpoint extends DefaultEndpoint implements HeaderFilterStrategyAware, EndpointServiceLocation {

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
    private @Nullable PositionLease lease;
    private volatile @Nullable Patient patient;

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
        Subscriptions.option("expectedVersion", () -> new ExpectedVersion(configuration.getExpectedVersion()));
        requireBatchSize();
        MessageStore used = store();
        examine(configuration.getOperation() == MessageDbOperation.write);
        return new MessageDbProducer(
                this,
                new ObservedStore(used, getComponent().metering().producers(streamName.category())),
                new WriteRequests(streamName, configuration, mapper(), new JsonBody(getCamelContext()), idNames()));
    }

    /** Of all endpoints with this data source. */
    WriteCoalescer coalescer() {
        return getComponent().coalescer(dataSource, store());
    }

    private void requireBatchSize() {
        int batchSize = configuration.getBatchSize();
        if (batchSize == 0 || batchSize < ReadQuery.UNLIMITED) {
            throw new IllegalArgumentException(
                    "Bad batchSize " + batchSize + ": it must be at least 1, or -1 for no limit");
        }
    }

    private @Nullable IdNames idNames() {
        String text = configuration.getIdExpression();
        return text == null ? null : new IdNames(text, getCamelContext());
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        requireConsumable();
        MessageDbConsumer consumer = new MessageDbConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    private void requireConsumable() {
        misplaced().requireNoneOfProducers(name, identity());
        subscriptions().requireConsumable();
    }

    private MisplacedOptions misplaced() {
        return new MisplacedOptions(configuration, getComponent().getConfiguration());
    }

    /** Not the one that queues what a running consumer brings: it would count as handled before anybody took it. */
    @Override
    public PollingConsumer createPollingConsumer() {
        requireConsumable();
        getComponent().polled().tell(getEndpointUri(), misplaced().ofConsumersAlone());
        return new MessageDbPollingConsumer(this);
    }

    /**
     * What is polled from this endpoint, to be left when it is no longer used. It shares no reads: who polls may be in a
     * transaction, and see what others must not see yet.
     */
    PulledSubscription joinPolled() {
        Subscriptions of = subscriptions();
        examine(of.writesPosition());
        return getComponent()
                .polled()
                .join(
                        getEndpointUri(),
                        () -> new PulledSubscription(new PulledSubscription.Parts(
                                of.identity(), of.source(store()), polledPositionStore(), of.options(), Time.SYSTEM)));
    }

    private Subscriptions subscriptions() {
        return new Subscriptions(getCamelContext(), streamName, configuration);
    }

    SubscriptionIdentity identity() {
        return subscriptions().identity();
    }

    Filter filter() {
        return subscriptions().filter();
    }

    /** The same each time: a route that is stopped and started gets another consumer. */
    private synchronized PositionStore positionStore() {
        if (positions == null) {
            positions = subscriptions().positionStore(store());
        }
        return positions;
    }

    /** Another one than a consumer's: sharing it, they would move one position and not know of each other. */
    private synchronized PositionStore polledPositionStore() {
        if (polledPositions == null) {
            polledPositions = subscriptions().positionStore(store());
        }
        return polledPositions;
    }

    private Source sharedSource(Subscriptions of) {
        return of.source(
                store(),
                dataSource == null ? getComponent() : dataSource,
                getComponent().groupReads(),
                getComponent().secondReaders());
    }

    /** A run that has not ended, because it was stopped from its own thread, is to store nothing any more. */
    synchronized Subscription subscription(MessageHandler handler, Environment environment) {
        if (subscription != null) {
            subscription.abandon();
        }
        if (lease != null) {
            lease.end();
        }
        Subscriptions of = subscriptions();
        examine(of.writesPosition());
        lease = new PositionLease(positionStore());
        subscription = new Subscription(
                new Subscription.Parts(of.identity(), sharedSource(of), lease, handler, of.options(), environment));
        return subscription;
    }

    @Nullable
    String owner() {
        return subscriptions().ownerOfPosition();
    }

    Backlog backlog(long position) {
        return store().backlog(subscriptions().after(position));
    }

    private synchronized void examine(boolean writing) {
        patient = getComponent().examine(dataSource, subscriptions().needs(writing));
    }

    /** What the database lacks for this; none before that was looked for. */
    List<String> findings() {
        Patient examined = patient;
        return examined == null ? List.of() : examined.findings();
    }

    MessageMapper mapper() {
        HeaderFilterStrategy own = headerFilterStrategy;
        return new MessageMapper(own == null ? getComponent().getHeaderFilterStrategy() : own);
    }

    private synchronized MessageStore store() {
        if (store == null) {
            store = getComponent().store(dataSource, configuration.isFastWrites());
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
