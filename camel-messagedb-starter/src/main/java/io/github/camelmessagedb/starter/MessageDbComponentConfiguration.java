package io.github.camelmessagedb.starter;

import io.github.camelmessagedb.component.MessageDbFailurePolicy;
import io.github.camelmessagedb.component.MessageDbOperation;
import java.time.Duration;
import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The options of the component as properties; those that are not set are left to the component. */
@ConfigurationProperties(prefix = "camel.component.messagedb")
public class MessageDbComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    /**
     * How many messages are read at once; -1 means no limit, for read operations.
     */
    private @Nullable Integer batchSize;

    /**
     * The number of this member of the consumer group, from 0 to consumerGroupSize - 1. Given together with
     * consumerGroupSize, or not at all.
     */
    private @Nullable Integer consumerGroupMember;

    /**
     * How many members the consumer group has, at most 32767. The streams of the category are shared out among
     * them, each as a whole; streams without an id go to member 0.
     */
    private @Nullable Integer consumerGroupSize;

    /**
     * The category of the messages' correlationStreamName: only those are read. For categories.
     */
    private @Nullable String correlation;

    /**
     * The data source of Message DB. If neither it nor jdbcUrl is set, the one data source in the registry is
     * used (unless autowiring is off), or an embedded database for development if camel-messagedb-embedded is
     * on the class path. A reference to a bean, such as #bean:ledger.
     */
    private @Nullable String dataSource;

    /**
     * The JDBC URL of Message DB, such as jdbc:postgresql://localhost:5432/message_store, for a connection pool
     * that the component makes and closes.
     */
    private @Nullable String jdbcUrl;

    /**
     * The types of messages to read, separated by commas; all if not given. A consumer's position moves on over
     * the others.
     */
    private @Nullable String messageTypes;

    /**
     * An SQL condition on the columns of Message DB's table: only messages that meet it are read. It is sent to
     * the server as it is: never make it from data, as in a dynamic endpoint. The server takes it only where
     * its setting message_store.sql_condition is on.
     */
    private @Nullable String condition;

    /**
     * Whether to route lists: the body is then a list of messages, each with its own body and headers, up to
     * batchSize of them. They are handled when the exchange of the list is.
     */
    private @Nullable Boolean batching;

    /**
     * Allows for bridging the consumer to the Camel routing Error Handler, which mean any exceptions (if
     * possible) occurred while the Camel consumer is trying to pickup incoming messages, or the likes, will now
     * be processed as a message and handled by the routing Error Handler. Important: This is only possible if
     * the 3rd party component allows Camel to be alerted if an exception was thrown. Some components handle
     * this internally only, and therefore bridgeErrorHandler is not possible. In other situations we may
     * improve the Camel component to hook into the 3rd party component and make this possible for future
     * releases. By default the consumer will use the org.apache.camel.spi.ExceptionHandler to deal with
     * exceptions, that will be logged at WARN or ERROR level and ignored.
     */
    private @Nullable Boolean bridgeErrorHandler;

    /**
     * The name of the durable subscription, part of the name of the stream that its position is kept in. It
     * must not contain a plus sign.
     */
    private @Nullable String consumerId;

    /**
     * The longest wait before a failed message is routed again, or before the store is tried again.
     */
    private @Nullable Duration maxRetryDelay;

    /**
     * How often to look for messages while there are none: one question for all idle consumers twenty times in this time, or
     * each of them at the latest after it.
     */
    private @Nullable Duration pollInterval;

    /**
     * After how many handled messages the position is stored.
     */
    private @Nullable Integer positionUpdateInterval;

    /**
     * When the position is stored at the latest, if it moved.
     */
    private @Nullable Duration positionUpdateTimeout;

    /**
     * The first wait before a failed message is routed again, or before the store is tried again. It doubles
     * with each failure.
     */
    private @Nullable Duration retryDelay;

    /**
     * Where to begin whatever position is stored, each time the consumer is started: beginning, end, a
     * position, or an ISO 8601 time with an offset. To rebuild what a route has made of messages; take it out
     * again afterwards.
     */
    private @Nullable String seekTo;

    /**
     * How many messages are routed at once. The messages of a stream (of one cardinal id) are routed one after
     * the other, in order; with one, all are.
     */
    private @Nullable Integer concurrentConsumers;

    /**
     * How far the newest message that is being routed may be from the oldest that is not done with, in
     * messages. So many and positionUpdateInterval can come again after a crash. A message that is retried
     * stops the consumer at that distance.
     */
    private @Nullable Integer maxInFlight;

    /**
     * Where the position is kept: stream, in Message DB, as consumers of Eventide do; memory; or a bean, such
     * as #bean:positions, that is a PositionStores of this component or a StateRepository of Camel's with
     * texts.
     */
    private @Nullable String positionStore;

    /**
     * What becomes of a message that could not be routed, after the error handler gave up: retry routes it
     * again with growing waits; stop stops the consumer before it; skip leaves it out, with a warning.
     */
    private @Nullable MessageDbFailurePolicy failurePolicy;

    /**
     * Where to begin while no position is stored: beginning, end, a position, or an ISO 8601 time with an
     * offset. It is decided and stored once, before the first message is read.
     */
    private @Nullable String startPosition;

    /**
     * The version that the stream is to have before the write: the position of its last message, or -1 for a
     * stream that must not exist. A write that meets another version fails with VersionConflictException.
     */
    private @Nullable Long expectedVersion;

    /**
     * Whether what is written while a message of a Message DB consumer is routed says so in its metadata:
     * causation from that message; correlation, reply stream and properties copied from it.
     */
    private @Nullable Boolean follow;

    /**
     * Whether single messages that are written at the same time share a transaction, which is what makes many
     * callers fast. Each has an outcome of its own, and none waits for company. Batches, and what is written in
     * a transaction, are written by themselves.
     */
    private @Nullable Boolean coalesceWrites;

    /**
     * Whether batches, and messages that share a transaction, are written with one INSERT, past write_message,
     * which is faster, wherever that function is known to do no more: each write makes sure, in its own transaction,
     * that it, and what it calls, is the one of Message DB, and that the table has no trigger, no rule and no row
     * level security. Else all is written by write_message, and health says why. In a transaction, and for few
     * messages, it always is.
     */
    private @Nullable Boolean fastWrites;

    /**
     * A simple expression for the name that the message id is made from (UUID version 5), so that the same
     * exchange, written again, is not written twice. In a batch the index of the element is part of the name.
     * Without it, ids are random.
     */
    private @Nullable String idExpression;

    /**
     * Whether the producer should be started lazy (on the first message). By starting lazy you can use this to
     * allow CamelContext and routes to startup in situations where a producer may otherwise fail during
     * starting and cause the route to fail being started. By deferring this startup to be lazy then the startup
     * failure can be handled during routing messages via Camel's routing error handlers. Beware that when the
     * first message is processed then creating and starting the producer may take a little time and prolong the
     * total processing time of the processing.
     */
    private @Nullable Boolean lazyStartProducer;

    /**
     * The type of the messages to write; for readLastMessage, the type of the message to read.
     */
    private @Nullable String messageType;

    /**
     * What the producer does.
     */
    private @Nullable MessageDbOperation operation;

    /**
     * Where a read begins, inclusive; the first message if not given. The header ReadPosition goes before it.
     */
    private @Nullable Long position;

    /**
     * Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked
     * as autowired) by looking up in the registry to find if there is a single instance of matching type, which
     * then gets configured on the component. This can be used for automatic configuring JDBC data sources, JMS
     * connection factories, AWS Clients, etc.
     */
    private @Nullable Boolean autowiredEnabled;

    /**
     * Where connections come from, and whether they are in a transaction that somebody else ends. A reference
     * to a bean, such as #bean:name.
     */
    private @Nullable String connectionStrategy;

    /**
     * What passes between headers and metadata. By default no header becomes metadata, and all metadata but
     * what belongs to Camel becomes headers. A reference to a bean, such as #bean:name.
     */
    private @Nullable String headerFilterStrategy;

    /**
     * Used for enabling or disabling all consumer based health checks from this component.
     */
    private @Nullable Boolean healthCheckConsumerEnabled;

    /**
     * Used for enabling or disabling all producer based health checks from this component. Notice: Camel has by
     * default disabled all producer based health-checks. You can turn on producer checks globally by setting
     * camel.health.producersEnabled=true.
     */
    private @Nullable Boolean healthCheckProducerEnabled;

    /**
     * The password for jdbcUrl.
     */
    private @Nullable String password;

    /**
     * The user name for jdbcUrl, such as message_store.
     */
    private @Nullable String username;

    /**
     * A query of your own for readStream, readCategory and readAll, one statement that answers at least the columns of
     * Message DB's table, with the parameters :stream_name, :position and :batch_size.
     */
    private @Nullable String sql;

    public @Nullable Integer getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(@Nullable Integer batchSize) {
        this.batchSize = batchSize;
    }

    public @Nullable Integer getConsumerGroupMember() {
        return consumerGroupMember;
    }

    public void setConsumerGroupMember(@Nullable Integer consumerGroupMember) {
        this.consumerGroupMember = consumerGroupMember;
    }

    public @Nullable Integer getConsumerGroupSize() {
        return consumerGroupSize;
    }

    public void setConsumerGroupSize(@Nullable Integer consumerGroupSize) {
        this.consumerGroupSize = consumerGroupSize;
    }

    public @Nullable String getCorrelation() {
        return correlation;
    }

    public void setCorrelation(@Nullable String correlation) {
        this.correlation = correlation;
    }

    public @Nullable String getDataSource() {
        return dataSource;
    }

    public void setDataSource(@Nullable String dataSource) {
        this.dataSource = dataSource;
    }

    public @Nullable String getJdbcUrl() {
        return jdbcUrl;
    }

    public void setJdbcUrl(@Nullable String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    public @Nullable String getMessageTypes() {
        return messageTypes;
    }

    public void setMessageTypes(@Nullable String messageTypes) {
        this.messageTypes = messageTypes;
    }

    public @Nullable String getCondition() {
        return condition;
    }

    public void setCondition(@Nullable String condition) {
        this.condition = condition;
    }

    public @Nullable Boolean getBatching() {
        return batching;
    }

    public void setBatching(@Nullable Boolean batching) {
        this.batching = batching;
    }

    public @Nullable Boolean getBridgeErrorHandler() {
        return bridgeErrorHandler;
    }

    public void setBridgeErrorHandler(@Nullable Boolean bridgeErrorHandler) {
        this.bridgeErrorHandler = bridgeErrorHandler;
    }

    public @Nullable String getConsumerId() {
        return consumerId;
    }

    public void setConsumerId(@Nullable String consumerId) {
        this.consumerId = consumerId;
    }

    public @Nullable Duration getMaxRetryDelay() {
        return maxRetryDelay;
    }

    public void setMaxRetryDelay(@Nullable Duration maxRetryDelay) {
        this.maxRetryDelay = maxRetryDelay;
    }

    public @Nullable Duration getPollInterval() {
        return pollInterval;
    }

    public void setPollInterval(@Nullable Duration pollInterval) {
        this.pollInterval = pollInterval;
    }

    public @Nullable Integer getPositionUpdateInterval() {
        return positionUpdateInterval;
    }

    public void setPositionUpdateInterval(@Nullable Integer positionUpdateInterval) {
        this.positionUpdateInterval = positionUpdateInterval;
    }

    public @Nullable Duration getPositionUpdateTimeout() {
        return positionUpdateTimeout;
    }

    public void setPositionUpdateTimeout(@Nullable Duration positionUpdateTimeout) {
        this.positionUpdateTimeout = positionUpdateTimeout;
    }

    public @Nullable Duration getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(@Nullable Duration retryDelay) {
        this.retryDelay = retryDelay;
    }

    public @Nullable String getSeekTo() {
        return seekTo;
    }

    public void setSeekTo(@Nullable String seekTo) {
        this.seekTo = seekTo;
    }

    public @Nullable Integer getConcurrentConsumers() {
        return concurrentConsumers;
    }

    public void setConcurrentConsumers(@Nullable Integer concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    public @Nullable Integer getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(@Nullable Integer maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public @Nullable String getPositionStore() {
        return positionStore;
    }

    public void setPositionStore(@Nullable String positionStore) {
        this.positionStore = positionStore;
    }

    public @Nullable MessageDbFailurePolicy getFailurePolicy() {
        return failurePolicy;
    }

    public void setFailurePolicy(@Nullable MessageDbFailurePolicy failurePolicy) {
        this.failurePolicy = failurePolicy;
    }

    public @Nullable String getStartPosition() {
        return startPosition;
    }

    public void setStartPosition(@Nullable String startPosition) {
        this.startPosition = startPosition;
    }

    public @Nullable Long getExpectedVersion() {
        return expectedVersion;
    }

    public void setExpectedVersion(@Nullable Long expectedVersion) {
        this.expectedVersion = expectedVersion;
    }

    public @Nullable Boolean getFollow() {
        return follow;
    }

    public void setFollow(@Nullable Boolean follow) {
        this.follow = follow;
    }

    public @Nullable Boolean getCoalesceWrites() {
        return coalesceWrites;
    }

    public void setCoalesceWrites(@Nullable Boolean coalesceWrites) {
        this.coalesceWrites = coalesceWrites;
    }

    public @Nullable Boolean getFastWrites() {
        return fastWrites;
    }

    public void setFastWrites(@Nullable Boolean fastWrites) {
        this.fastWrites = fastWrites;
    }

    public @Nullable String getIdExpression() {
        return idExpression;
    }

    public void setIdExpression(@Nullable String idExpression) {
        this.idExpression = idExpression;
    }

    public @Nullable Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(@Nullable Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public @Nullable String getMessageType() {
        return messageType;
    }

    public void setMessageType(@Nullable String messageType) {
        this.messageType = messageType;
    }

    public @Nullable MessageDbOperation getOperation() {
        return operation;
    }

    public void setOperation(@Nullable MessageDbOperation operation) {
        this.operation = operation;
    }

    public @Nullable Long getPosition() {
        return position;
    }

    public void setPosition(@Nullable Long position) {
        this.position = position;
    }

    public @Nullable Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(@Nullable Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public @Nullable String getConnectionStrategy() {
        return connectionStrategy;
    }

    public void setConnectionStrategy(@Nullable String connectionStrategy) {
        this.connectionStrategy = connectionStrategy;
    }

    public @Nullable String getHeaderFilterStrategy() {
        return headerFilterStrategy;
    }

    public void setHeaderFilterStrategy(@Nullable String headerFilterStrategy) {
        this.headerFilterStrategy = headerFilterStrategy;
    }

    public @Nullable Boolean getHealthCheckConsumerEnabled() {
        return healthCheckConsumerEnabled;
    }

    public void setHealthCheckConsumerEnabled(@Nullable Boolean healthCheckConsumerEnabled) {
        this.healthCheckConsumerEnabled = healthCheckConsumerEnabled;
    }

    public @Nullable Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(@Nullable Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    public @Nullable String getUsername() {
        return username;
    }

    public void setUsername(@Nullable String username) {
        this.username = username;
    }

    public @Nullable String getSql() {
        return sql;
    }

    public void setSql(@Nullable String sql) {
        this.sql = sql;
    }
}
