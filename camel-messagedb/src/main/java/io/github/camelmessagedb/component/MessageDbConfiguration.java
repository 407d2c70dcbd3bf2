package io.github.camelmessagedb.component;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of endpoints; set on the component they are the defaults of all its endpoints. */
@UriParams
public class MessageDbConfiguration implements Cloneable {

    @UriParam(
            label = "consumer",
            description =
                    "The name of the durable subscription, part of the name of the stream that its position is kept"
                            + " in. It must not contain a plus sign")
    private @Nullable String consumerId;

    @UriParam(
            label = "common",
            description =
                    "The number of this member of the consumer group, from 0 to consumerGroupSize - 1. Given together"
                            + " with consumerGroupSize, or not at all")
    private @Nullable Integer consumerGroupMember;

    @UriParam(
            label = "common",
            description =
                    "How many members the consumer group has, at most 32767. The streams of the category are shared"
                            + " out among them, each as a whole; streams without an id go to member 0")
    private @Nullable Integer consumerGroupSize;

    @UriParam(
            label = "consumer",
            defaultValue = "beginning",
            description =
                    "Where to begin while no position is stored: beginning, end, a position, or an ISO 8601 time with"
                            + " an offset. It is decided and stored once, before the first message is read")
    private String startPosition = "beginning";

    @UriParam(
            label = "consumer",
            description =
                    "Where to begin whatever position is stored, each time the consumer is started: beginning, end, a"
                            + " position, or an ISO 8601 time with an offset. To rebuild what a route has made of"
                            + " messages; take it out again afterwards")
    private @Nullable String seekTo;

    @UriParam(
            label = "common",
            description =
                    "The types of messages to read, separated by commas; all if not given. A consumer's position moves"
                            + " on over the others")
    private @Nullable String messageTypes;

    @UriParam(
            label = "common",
            description = "The category of the messages' correlationStreamName: only those are read. For categories")
    private @Nullable String correlation;

    @UriParam(
            label = "common,advanced",
            description =
                    "An SQL condition on the columns of Message DB's table: only messages that meet it are read. It is"
                            + " sent to the server as it is: never make it from data, as in a dynamic endpoint. The server takes it"
                            + " only where its setting message_store.sql_condition is on")
    private @Nullable String condition;

    @UriParam(
            label = "common",
            defaultValue = "1000",
            description = "How many messages are read at once; -1 means no limit, for read operations")
    private int batchSize = 1000;

    @UriParam(
            label = "consumer",
            description =
                    "Whether to route lists: the body is then a list of messages, each with its own body and headers,"
                            + " up to batchSize of them. They are handled when the exchange of the list is")
    private boolean batching;

    @UriParam(
            label = "consumer",
            defaultValue = "1",
            description =
                    "How many messages are routed at once. The messages of a stream (of one cardinal id) are routed one"
                            + " after the other, in order; with one, all are")
    private int concurrentConsumers = 1;

    @UriParam(
            label = "consumer",
            defaultValue = "1000",
            description =
                    "How far the newest message that is being routed may be from the oldest that is not done with, in"
                            + " messages. So many and positionUpdateInterval can come again after a crash. A message that"
                            + " is retried stops the consumer at that distance")
    private int maxInFlight = 1000;

    @UriParam(
            label = "consumer",
            defaultValue = "100",
            javaType = "java.time.Duration",
            description = "How often to look for messages while there are none. For all idle consumers together one"
                    + " small question is asked up to twenty times in this time (of the shortest, where they differ). Where it"
                    + " cannot be asked, each consumer waits so long at the most before it looks for itself.")
    private long pollInterval = 100;

    @UriParam(
            label = "consumer",
            defaultValue = "stream",
            description =
                    "Where the position is kept: stream, in Message DB, as consumers of Eventide do; memory; or a bean,"
                            + " such as #bean:positions, that is a PositionStores of this component or a StateRepository"
                            + " of Camel's with texts")
    private Object positionStore = "stream";

    @UriParam(
            label = "consumer",
            defaultValue = "100",
            description = "After how many handled messages the position is stored")
    private int positionUpdateInterval = 100;

    @UriParam(
            label = "consumer",
            defaultValue = "5000",
            javaType = "java.time.Duration",
            description = "When the position is stored at the latest, if it moved")
    private long positionUpdateTimeout = 5000;

    @UriParam(
            label = "consumer",
            defaultValue = "retry",
            description =
                    "What becomes of a message that could not be routed, after the error handler gave up: retry routes"
                            + " it again with growing waits; stop stops the consumer before it; skip leaves it out, with"
                            + " a warning")
    private MessageDbFailurePolicy failurePolicy = MessageDbFailurePolicy.retry;

    @UriParam(
            label = "consumer",
            defaultValue = "1000",
            javaType = "java.time.Duration",
            description =
                    "The first wait before a failed message is routed again, or before the store is tried again. It"
                            + " doubles with each failure")
    private long retryDelay = 1000;

    @UriParam(
            label = "consumer",
            defaultValue = "60000",
            javaType = "java.time.Duration",
            description =
                    "The longest wait before a failed message is routed again, or before the store is tried again")
    private long maxRetryDelay = 60000;

    @UriParam(label = "producer", defaultValue = "write", description = "What the producer does")
    private MessageDbOperation operation = MessageDbOperation.write;

    @UriParam(
            label = "producer",
            description = "The type of the messages to write; for readLastMessage, the type of the message to read")
    private @Nullable String messageType;

    @UriParam(
            label = "producer",
            description =
                    "The version that the stream is to have before the write: the position of its last message, or -1"
                            + " for a stream that must not exist. A write that meets another version fails with"
                            + " VersionConflictException")
    private @Nullable Long expectedVersion;

    @UriParam(
            label = "producer",
            description =
                    "A simple expression for the name that the message id is made from (UUID version 5), so that the"
                            + " same exchange, written again, is not written twice. In a batch the index of the element is part of"
                            + " the name. Without it, ids are random")
    private @Nullable String idExpression;

    @UriParam(
            label = "producer",
            description = "Where a read begins, inclusive; the first message if not given. The header ReadPosition goes"
                    + " before it")
    private @Nullable Long position;

    @UriParam(
            label = "producer,advanced",
            description =
                    "A query of your own for readStream, readCategory and readAll, one statement that answers at least"
                            + " the columns of Message DB's table. The parameters in it, :stream_name, :position and :batch_size,"
                            + " stand for the name, the position and the batch size of the read. It is sent to the server as it is:"
                            + " never make it from data; a dynamic endpoint cannot have it")
    private @Nullable String sql;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description = "Whether what is written while a message of a Message DB consumer is routed says so in its"
                    + " metadata: causation from that message; correlation, reply stream and properties copied from it")
    private boolean follow = true;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "true",
            description =
                    "Whether single messages that are written at the same time share a transaction, which is what makes"
                            + " many callers fast. Each has an outcome of its own, and none waits for company. Batches, and what is"
                            + " written in a transaction, are written by themselves")
    private boolean coalesceWrites = true;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Whether batches, and messages that share a transaction, are written with one INSERT, past write_message, which"
                            + " is faster, wherever that function is known to do no more: each write makes sure, in its own"
                            + " transaction, that it, and what it calls, is the one of Message DB, and that the table has no trigger,"
                            + " no rule and no row level security. Else all is written by write_message, and health says why. In a"
                            + " transaction, and for few messages, it always is")
    private boolean fastWrites;

    /** A copy of its own. */
    public MessageDbConfiguration copy() {
        try {
            return (MessageDbConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public @Nullable String getConsumerId() {
        return consumerId;
    }

    public void setConsumerId(@Nullable String consumerId) {
        this.consumerId = consumerId;
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

    public String getStartPosition() {
        return startPosition;
    }

    public void setStartPosition(String startPosition) {
        this.startPosition = startPosition;
    }

    public @Nullable String getSeekTo() {
        return seekTo;
    }

    public void setSeekTo(@Nullable String seekTo) {
        this.seekTo = seekTo;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public Object getPositionStore() {
        return positionStore;
    }

    public void setPositionStore(Object positionStore) {
        this.positionStore = positionStore;
    }

    public MessageDbFailurePolicy getFailurePolicy() {
        return failurePolicy;
    }

    public void setFailurePolicy(MessageDbFailurePolicy failurePolicy) {
        this.failurePolicy = failurePolicy;
    }

    public @Nullable String getMessageTypes() {
        return messageTypes;
    }

    public void setMessageTypes(@Nullable String messageTypes) {
        this.messageTypes = messageTypes;
    }

    public @Nullable String getCorrelation() {
        return correlation;
    }

    public void setCorrelation(@Nullable String correlation) {
        this.correlation = correlation;
    }

    public @Nullable String getCondition() {
        return condition;
    }

    public void setCondition(@Nullable String condition) {
        this.condition = condition;
    }

    public int getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    public boolean isBatching() {
        return batching;
    }

    public void setBatching(boolean batching) {
        this.batching = batching;
    }

    public long getPollInterval() {
        return pollInterval;
    }

    public void setPollInterval(long pollInterval) {
        this.pollInterval = pollInterval;
    }

    public int getPositionUpdateInterval() {
        return positionUpdateInterval;
    }

    public void setPositionUpdateInterval(int positionUpdateInterval) {
        this.positionUpdateInterval = positionUpdateInterval;
    }

    public long getPositionUpdateTimeout() {
        return positionUpdateTimeout;
    }

    public void setPositionUpdateTimeout(long positionUpdateTimeout) {
        this.positionUpdateTimeout = positionUpdateTimeout;
    }

    public long getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(long retryDelay) {
        this.retryDelay = retryDelay;
    }

    public long getMaxRetryDelay() {
        return maxRetryDelay;
    }

    public void setMaxRetryDelay(long maxRetryDelay) {
        this.maxRetryDelay = maxRetryDelay;
    }

    public MessageDbOperation getOperation() {
        return operation;
    }

    public void setOperation(MessageDbOperation operation) {
        this.operation = operation;
    }

    public @Nullable String getMessageType() {
        return messageType;
    }

    public void setMessageType(@Nullable String messageType) {
        this.messageType = messageType;
    }

    public @Nullable Long getExpectedVersion() {
        return expectedVersion;
    }

    public void setExpectedVersion(@Nullable Long expectedVersion) {
        this.expectedVersion = expectedVersion;
    }

    public @Nullable String getIdExpression() {
        return idExpression;
    }

    public void setIdExpression(@Nullable String idExpression) {
        this.idExpression = idExpression;
    }

    public @Nullable Long getPosition() {
        return position;
    }

    public void setPosition(@Nullable Long position) {
        this.position = position;
    }

    public @Nullable String getSql() {
        return sql;
    }

    public void setSql(@Nullable String sql) {
        this.sql = sql;
    }

    public boolean isFollow() {
        return follow;
    }

    public void setFollow(boolean follow) {
        this.follow = follow;
    }

    public boolean isCoalesceWrites() {
        return coalesceWrites;
    }

    public void setCoalesceWrites(boolean coalesceWrites) {
        this.coalesceWrites = coalesceWrites;
    }

    public boolean isFastWrites() {
        return fastWrites;
    }

    public void setFastWrites(boolean fastWrites) {
        this.fastWrites = fastWrites;
    }
}
