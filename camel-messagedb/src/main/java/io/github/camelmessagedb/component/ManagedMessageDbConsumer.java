package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.OwnershipLostException;
import io.github.camelmessagedb.subscription.StartPosition;
import io.github.camelmessagedb.subscription.Subscription;
import io.github.camelmessagedb.subscription.SubscriptionStatus;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** What JMX shows of a consumer, beside what Camel shows of each. Public for JMX alone. */
@ManagedResource(description = "Managed Message DB consumer")
public abstract class ManagedMessageDbConsumer extends DefaultConsumer {

    private final MessageDbEndpoint endpoint;
    private final ConsumerInsight insight;

    @SuppressWarnings("this-escape") // The insight keeps it, and asks it nothing before it is started.
    ManagedMessageDbConsumer(MessageDbEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.insight = new ConsumerInsight(endpoint, this::status);
    }

    /** Null before it was started. */
    abstract @Nullable Subscription subscription();

    /** How the subscription is doing. */
    final @Nullable SubscriptionStatus status() {
        Subscription current = subscription();
        return current == null ? null : current.status();
    }

    final ConsumerInsight insight() {
        return insight;
    }

    /** Who reads what. */
    @ManagedAttribute(description = "Who reads what")
    public String getSubscription() {
        return insight.identity().toString();
    }

    /** RUNNING, RETRYING, RECOVERING, FAILED or STOPPED. */
    @ManagedAttribute(description = "RUNNING, RETRYING, RECOVERING, FAILED or STOPPED")
    public String getSubscriptionState() {
        return insight.state().name();
    }

    /** The last position that is done with, or null where it is not known. */
    @ManagedAttribute(description = "The last position that is done with")
    public @Nullable Long getPosition() {
        return insight.position();
    }

    /** The position stored last, or null where it is not known. */
    @ManagedAttribute(description = "The position stored last")
    public @Nullable Long getStoredPosition() {
        SubscriptionStatus current = status();
        return current == null ? null : current.storedPosition();
    }

    /** The position of the last message of what it reads, or null where it is not known. */
    @ManagedAttribute(description = "The position of the last message of the stream or category")
    public @Nullable Long getHead() {
        return insight.lag().map(Lag::head).orElse(null);
    }

    /** How many messages are not done with, or null where it is not known. */
    @ManagedAttribute(description = "How many messages are not done with; beyond 1,000 an estimate")
    public @Nullable Long getLag() {
        return insight.lag().map(Lag::messages).orElse(null);
    }

    /** How long ago the oldest of them was written, or null where it is not known. */
    @ManagedAttribute(description = "How many seconds ago the oldest message was written that is not done with")
    public @Nullable Double getLagSeconds() {
        return insight.lag().map(Lag::seconds).orElse(null);
    }

    /** Messages handled in a second, lately. */
    @ManagedAttribute(description = "Messages handled in a second, lately")
    public double getRate() {
        insight.lag();
        return insight.rate();
    }

    /** Messages handled since the start. */
    @ManagedAttribute(description = "Messages handled since the start")
    public long getHandled() {
        return insight.statistics().handled();
    }

    /** Failures to handle messages since the start. */
    @ManagedAttribute(description = "Messages not handled since the start, counted each time they fail")
    public long getFailed() {
        return insight.statistics().failed();
    }

    /** What went wrong last, or null. */
    @ManagedAttribute(description = "What went wrong last")
    public @Nullable String getLastError() {
        return insight.lastError();
    }

    /**
     * Sets the position while the consumer is suspended or has stopped: it goes on there when it is resumed or started.
     *
     * @param position beginning, end, a position, or an ISO 8601 time with an offset: the next message to be routed
     * @return what was done
     * @throws IllegalStateException if it is not possible now, and why
     * @throws IllegalArgumentException if it is no position
     */
    @ManagedOperation(
            description = "Sets the position, while suspended or stopped: beginning, end, a position, or an ISO 8601"
                    + " time. The message there is the next to be routed")
    public String resetPosition(String position) {
        StartPosition to = StartPosition.parse(position);
        SubscriptionStatus current = status();
        Subscription subscription = subscription();
        if (subscription == null || current == null) {
            throw new IllegalStateException("The " + insight.identity()
                    + " was never started: give it the option seekTo, or start it and suspend it first");
        }
        if (current.lastError() instanceof OwnershipLostException) {
            throw new IllegalStateException("The " + insight.identity()
                    + " has lost its position to another consumer, which would lose it in turn: stop that one, then start"
                    + " and suspend this one first");
        }
        if (endpoint.getConfiguration().getSeekTo() != null) {
            throw new IllegalStateException(
                    "The " + insight.identity()
                            + " has the option seekTo, which goes before what is stored each time it starts: take it out first");
        }
        return "The " + insight.identity() + " goes on after position " + subscription.reset(to);
    }
}
