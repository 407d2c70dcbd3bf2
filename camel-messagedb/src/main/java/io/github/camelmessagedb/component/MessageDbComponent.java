package io.github.camelmessagedb.component;

import io.github.camelmessagedb.component.StartupDoctor.Patient;
import io.github.camelmessagedb.schema.Needs;
import io.github.camelmessagedb.store.ConnectionStrategy;
import io.github.camelmessagedb.store.FastWritesStatus;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.WriteCoalescer;
import io.github.camelmessagedb.subscription.IdleWatch;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code messagedb}: endpoints of one Message DB.
 *
 * <p>Its data source is, in this order: the option {@code dataSource}; a connection pool of its own for {@code jdbcUrl};
 * the one data source in the registry; an embedded database for development, if {@code camel-messagedb-embedded} is on the
 * class path. A lookup that fails, or that finds several, is an error, not a step to the next.
 */
@Component("messagedb")
public class MessageDbComponent extends HealthCheckComponent implements HeaderFilterStrategyAware {

    @Metadata(description = "The options of all endpoints, where they do not set them themselves")
    private MessageDbConfiguration configuration = new MessageDbConfiguration();

    @Metadata(
            description = "The data source of Message DB. If neither it nor jdbcUrl is set, the one data source in the"
                    + " registry is used (unless autowiring is off), or an embedded database for development if"
                    + " camel-messagedb-embedded is on the class path")
    private @Nullable DataSource dataSource;

    @Metadata(
            description = "The JDBC URL of Message DB, such as jdbc:postgresql://localhost:5432/message_store, for a"
                    + " connection pool that the component makes and closes")
    private @Nullable String jdbcUrl;

    @Metadata(label = "security", description = "The user name for jdbcUrl, such as message_store")
    private @Nullable String username;

    // What replaces secret is not known to Camel 4.18.
    @SuppressWarnings("deprecation")
    @Metadata(label = "security", secret = true, description = "The password for jdbcUrl")
    private @Nullable String password;

    @Metadata(
            label = "advanced",
            description = "Where connections come from, and whether they are in a transaction that somebody else ends")
    private ConnectionStrategy connectionStrategy = ConnectionStrategy.PLAIN;

    @Metadata(
            label = "filter",
            description = "What passes between headers and metadata. By default no header becomes metadata, and all"
                    + " metadata but what belongs to Camel becomes headers")
    private HeaderFilterStrategy headerFilterStrategy = new MessageDbHeaderFilterStrategy();

    @SuppressWarnings("this-escape") // It keeps the component, and asks it nothing before it is used.
    private final DataSources dataSources = new DataSources(this);

    private final PolledSubscriptions polled = new PolledSubscriptions();

    private final SecondReaders secondReaders = new SecondReaders();

    private final GroupReads groupReads = new GroupReads(secondReaders);

    private final LagWatch lagWatch = new LagWatch();

    private final IdleWatches idleWatches = new IdleWatches();

    private final StartupDoctor doctor = new StartupDoctor();

    private final SharedWrites sharedWrites = new SharedWrites();

    private final FastStores fastStores = new FastStores();

    private @Nullable Metering metering;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        NumericOptions.require(parameters);
        DataSources.requireBean(parameters.get("dataSource"), getCamelContext().getRegistry());
        if (parameters.get("operation") instanceof String operation && !operation.startsWith("#")) {
            MessageDbOperation.of(operation, "the option operation");
        }
        if (parameters.get("failurePolicy") instanceof String policy && !policy.startsWith("#")) {
            MessageDbFailurePolicy.of(policy);
        }
        MessageDbEndpoint endpoint = new MessageDbEndpoint(uri, this, EndpointName.of(uri), configuration.copy());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** Says which option may have been meant. */
    @Override
    protected void validateParameters(String uri, Map<String, Object> parameters, String optionPrefix) {
        if (optionPrefix == null && !parameters.isEmpty()) {
            throw new ResolveEndpointFailedException(uri, new OptionNames().unknown(parameters.keySet()));
        }
        super.validateParameters(uri, parameters, optionPrefix);
    }

    /** The store behind a data source, or behind the component's where it is null. */
    MessageStore store(@Nullable DataSource endpointDataSource, boolean fastWrites) {
        DataSource used = dataSource(endpointDataSource);
        MessageStore store = new MessageStore(used, connectionStrategy);
        return fastWrites ? fastStores.of(used, store) : store;
    }

    /** Whether the endpoints that have this option write past write_message. */
    FastWritesStatus fastWrites(@Nullable DataSource endpointDataSource) {
        return store(endpointDataSource, true).fastWrites();
    }

    private DataSource dataSource(@Nullable DataSource endpointDataSource) {
        return endpointDataSource == null ? dataSources.find() : endpointDataSource;
    }

    /** What is written together to a store, which is that of the data source. */
    WriteCoalescer coalescer(@Nullable DataSource endpointDataSource, MessageStore store) {
        DataSource used = dataSource(endpointDataSource);
        return sharedWrites.of(fastStores.has(store) ? store : used, store, getCamelContext());
    }

    /** What a consumer waits with until it {@link #leaveIdleWatch leaves}. */
    IdleWatch joinIdleWatch(Object consumer, @Nullable DataSource endpointDataSource) {
        return idleWatches.join(
                consumer, dataSource(endpointDataSource), store(endpointDataSource, false), getCamelContext());
    }

    void leaveIdleWatch(Object consumer) {
        idleWatches.leave(consumer, getCamelContext());
    }

    /**
     * What to do with the component's data source before it is first used, such as to install Message DB. What it throws
     * keeps the endpoint that needs the data source from starting. Data sources of endpoints are their own.
     *
     * @since 0.1.0
     */
    public void prepareDataSourceBy(Consumer<DataSource> preparation) {
        dataSources.prepareBy(preparation);
    }

    /** Has a data source, or the component's, looked at, unless it was already. */
    Patient examine(@Nullable DataSource endpointDataSource, Needs needs) {
        return endpointDataSource == null
                ? doctor.admit(dataSources.find(), dataSources.url(), needs)
                : doctor.admit(endpointDataSource, null, needs);
    }

    PolledSubscriptions polled() {
        return polled;
    }

    GroupReads groupReads() {
        return groupReads;
    }

    SecondReaders secondReaders() {
        return secondReaders;
    }

    LagWatch lagWatch() {
        return lagWatch;
    }

    /** Looked for when it is first needed: a meter registry may come into Camel's registry after the component. */
    synchronized Metering metering() {
        if (metering == null) {
            metering = Metering.of(getCamelContext());
        }
        return metering;
    }

    private synchronized void endMetering() {
        if (metering != null) {
            metering.close();
            metering = null;
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        getCamelContext().addStartupListener(doctor);
        secondReaders.start(getCamelContext());
    }

    @Override
    protected void doStop() throws Exception {
        doctor.stop();
        lagWatch.stop(getCamelContext());
        idleWatches.stop(getCamelContext());
        secondReaders.stop(getCamelContext());
        sharedWrites.stop(getCamelContext());
        endMetering();
        super.doStop();
    }

    @Nullable
    String serviceUrl() {
        return dataSources.url();
    }

    @Override
    protected void doShutdown() throws Exception {
        dataSources.close();
        super.doShutdown();
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

    public @Nullable String getJdbcUrl() {
        return jdbcUrl;
    }

    public void setJdbcUrl(@Nullable String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    public @Nullable String getUsername() {
        return username;
    }

    public void setUsername(@Nullable String username) {
        this.username = username;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    public ConnectionStrategy getConnectionStrategy() {
        return connectionStrategy;
    }

    public void setConnectionStrategy(ConnectionStrategy connectionStrategy) {
        this.connectionStrategy = connectionStrategy;
    }

    @Override
    public HeaderFilterStrategy getHeaderFilterStrategy() {
        return headerFilterStrategy;
    }

    @Override
    public void setHeaderFilterStrategy(HeaderFilterStrategy headerFilterStrategy) {
        this.headerFilterStrategy = headerFilterStrategy;
    }
}
