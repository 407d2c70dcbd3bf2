package io.github.camelmessagedb.component;

import org.jspecify.annotations.Nullable;

/** The meters, all of them: what Micrometer registers, the docs list and the dashboard shows. */
enum MessageDbMeter {
    CONSUMER_READ("messagedb.consumer.read", Kind.TIMER, "Reading a page from the database", null),
    CONSUMER_READ_SIZE("messagedb.consumer.read.size", Kind.SUMMARY, "The messages of a page that had some"),
    CONSUMER_FETCHED("messagedb.consumer.fetched", Kind.COUNTER, "Messages that were read"),
    CONSUMER_HANDLING("messagedb.consumer.handling", Kind.TIMER, "Routing a message, or a list of them", null),
    CONSUMER_HANDLING_SIZE(
            "messagedb.consumer.handling.size", Kind.SUMMARY, "The messages that were routed together: 1, or a list"),
    CONSUMER_HANDLED("messagedb.consumer.handled", Kind.COUNTER, "Messages that were handled"),
    CONSUMER_FAILED(
            "messagedb.consumer.failed", Kind.COUNTER, "Messages that were not handled, counted each time they fail"),
    CONSUMER_RETRIED("messagedb.consumer.retried", Kind.COUNTER, "Messages that are routed again after a failure"),
    CONSUMER_SKIPPED("messagedb.consumer.skipped", Kind.COUNTER, "Messages that failurePolicy=skip left out"),
    CONSUMER_SAVE("messagedb.consumer.position.save", Kind.TIMER, "Storing the position", null),
    CONSUMER_POSITION("messagedb.consumer.position", Kind.GAUGE, "The last position that is done with", null),
    CONSUMER_HEAD(
            "messagedb.consumer.head", Kind.GAUGE, "The position of the last message of the stream or category", null),
    CONSUMER_LAG("messagedb.consumer.lag", Kind.GAUGE, "Messages that are not done with yet"),
    CONSUMER_LAG_TIME(
            "messagedb.consumer.lag.time",
            Kind.TIME_GAUGE,
            "How long ago the oldest message was written that is not done with yet; 0 where there is none",
            null),
    CONSUMER_STATE(
            "messagedb.consumer.state", Kind.GAUGE, "1 for the state that the consumer is in, 0 for others", null),
    PRODUCER_WRITE("messagedb.producer.write", Kind.TIMER, "Writing a message, or a batch of them", null),
    PRODUCER_WRITE_SIZE("messagedb.producer.write.size", Kind.SUMMARY, "The messages of a write"),
    PRODUCER_WRITTEN("messagedb.producer.written", Kind.COUNTER, "Messages that were written, or were there already"),
    PRODUCER_READ("messagedb.producer.read", Kind.TIMER, "A read operation", null),
    PRODUCER_READ_SIZE("messagedb.producer.read.size", Kind.SUMMARY, "The messages that a read operation answered");

    /** What Micrometer calls it. */
    enum Kind {
        COUNTER("counter"),
        GAUGE("gauge"),
        TIME_GAUGE("gauge, seconds"),
        TIMER("timer"),
        SUMMARY("summary");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final String id;
    private final Kind kind;
    private final String description;
    private final @Nullable String unit;

    /** Of messages. */
    MessageDbMeter(String id, Kind kind, String description) {
        this(id, kind, description, "messages");
    }

    MessageDbMeter(String id, Kind kind, String description, @Nullable String unit) {
        this.id = id;
        this.kind = kind;
        this.description = description;
        this.unit = unit;
    }

    String id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    String description() {
        return description;
    }

    /** The base unit, but of times, which are Micrometer's own. */
    @Nullable
    String unit() {
        return unit;
    }

    boolean isOfConsumers() {
        return name().startsWith("CONSUMER");
    }
}
