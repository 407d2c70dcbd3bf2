package io.github.camelmessagedb.component;

import org.apache.camel.spi.Metadata;

/**
 * The headers of the component, in three sets that do not overlap: the consumer informs with some, the producer is
 * steered by others, and answers with the rest. No producer is steered by what a consumer set.
 */
public final class MessageDbConstants {

    /** What the names of all headers begin with. */
    public static final String PREFIX = "CamelMessageDb";

    @Metadata(label = "consumer", description = "The id of the message, a UUID", javaType = "String", important = true)
    public static final String MESSAGE_ID = PREFIX + "MessageId";

    @Metadata(
            label = "consumer",
            description = "The stream that the message was read from",
            javaType = "String",
            important = true)
    public static final String STREAM_NAME = PREFIX + "StreamName";

    @Metadata(label = "consumer", description = "The type of the message", javaType = "String", important = true)
    public static final String MESSAGE_TYPE = PREFIX + "MessageType";

    @Metadata(label = "consumer", description = "The position of the message in its stream, from 0", javaType = "Long")
    public static final String POSITION = PREFIX + "Position";

    @Metadata(label = "consumer", description = "The position of the message in the store, from 1", javaType = "Long")
    public static final String GLOBAL_POSITION = PREFIX + "GlobalPosition";

    @Metadata(
            label = "consumer",
            description = "When the message was written, by the server's clock",
            javaType = "java.time.Instant")
    public static final String TIME = PREFIX + "Time";

    @Metadata(
            label = "consumer",
            description =
                    "The metadata of the message, where it has any: a map, or another JSON value if it is no object",
            javaType = "java.util.Map")
    public static final String METADATA = PREFIX + "Metadata";

    @Metadata(
            label = "consumer",
            description = "When the message was written, in milliseconds since 1970",
            javaType = "Long")
    public static final String MESSAGE_TIMESTAMP = "CamelMessageTimestamp";

    @Metadata(
            label = "producer",
            description = "The operation to perform, instead of the endpoint's",
            javaType = "io.github.camelmessagedb.component.MessageDbOperation")
    public static final String OPERATION = PREFIX + "Operation";

    @Metadata(
            label = "producer",
            description = "The stream or category to write to or to read, instead of the endpoint's",
            javaType = "String",
            important = true)
    public static final String OVERRIDE_STREAM_NAME = PREFIX + "OverrideStreamName";

    @Metadata(
            label = "producer",
            description = "The type of the message to write, instead of the endpoint's",
            javaType = "String",
            important = true)
    public static final String OVERRIDE_MESSAGE_TYPE = PREFIX + "OverrideMessageType";

    @Metadata(
            label = "producer",
            description =
                    "The id of the message to write, a UUID. Writing a message again with its id, to the same stream"
                            + " and with the same type, writes nothing and answers the position of the first",
            javaType = "String")
    public static final String OVERRIDE_MESSAGE_ID = PREFIX + "OverrideMessageId";

    @Metadata(
            label = "producer",
            description = "The metadata of the message to write, a map or the JSON text of an object. Its entries take"
                    + " precedence over what follow=true brings",
            javaType = "java.util.Map")
    public static final String OVERRIDE_METADATA = PREFIX + "OverrideMetadata";

    @Metadata(
            label = "producer",
            description = "The version that the stream is to have, instead of the endpoint's: the position of its last"
                    + " message, or -1 for a stream that must not exist",
            javaType = "Long",
            important = true)
    public static final String EXPECTED_VERSION = PREFIX + "ExpectedVersion";

    @Metadata(
            label = "producer",
            description = "Where a read begins, inclusive, instead of the endpoint's position",
            javaType = "Long")
    public static final String READ_POSITION = PREFIX + "ReadPosition";

    @Metadata(label = "producer", description = "The position of the message that was written", javaType = "Long")
    public static final String WRITTEN_POSITION = PREFIX + "WrittenPosition";

    @Metadata(
            label = "producer",
            description = "The positions of the messages of a batch that was written, in its order",
            javaType = "java.util.List<Long>")
    public static final String WRITTEN_POSITIONS = PREFIX + "WrittenPositions";

    @Metadata(label = "producer", description = "The id of the message that was written, a UUID", javaType = "String")
    public static final String WRITTEN_ID = PREFIX + "WrittenId";

    @Metadata(
            label = "producer",
            description = "Where the next read goes on: past all that this one looked at",
            javaType = "Long")
    public static final String NEXT_POSITION = PREFIX + "NextPosition";

    private MessageDbConstants() {}
}
