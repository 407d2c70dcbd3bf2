package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.Backlog;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import io.github.camelmessagedb.subscription.SubscriptionObserver;
import io.github.camelmessagedb.subscription.SubscriptionStatus;
import io.github.camelmessagedb.subscription.SubscriptionStatus.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is to know of a consumer: for health, meters, the console and JMX. Nothing here waits for the database. */
final class ConsumerInsight {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDbConsumer.class);

    private final MessageDbEndpoint endpoint;
    private final Supplier<@Nullable SubscriptionStatus> status;
    private volatile ConsumerStatistics statistics = new ConsumerStatistics();
    private volatile String route = "none";
    private volatile @Nullable String owner;
    private volatile @Nullable Seen seen;

    /** What was seen the last time, and how fast it went on since the time before that. */
    private record Seen(@Nullable Backlog backlog, long at, long handled, double rate) {}

    ConsumerInsight(MessageDbEndpoint endpoint, Supplier<@Nullable SubscriptionStatus> status) {
        this.endpoint = endpoint;
        this.status = status;
    }

    /** From now on it is known to all who ask. Answers who is to be told what the subscription does. */
    SubscriptionObserver started(@Nullable String routeId) {
        route = routeId == null ? "none" : routeId;
        owner = endpoint.owner();
        seen = null;
        ConsumerStatistics fresh = new ConsumerStatistics();
        statistics = fresh;
        MessageDbComponent component = endpoint.getComponent();
        component.lagWatch().add(this);
        fresh.next(component.metering().add(this));
        if (component.metering().isOn()) {
            component.lagWatch().begin(endpoint.getCamelContext());
        }
        return fresh;
    }

    void stopped() {
        endpoint.getComponent().metering().remove(this);
        endpoint.getComponent().lagWatch().remove(this);
    }

    /** Looks how far it is behind: one round trip. */
    void look() {
        try {
            Long position = position();
            Backlog backlog = position == null ? null : endpoint.backlog(position);
            Seen before = seen;
            long now = System.nanoTime();
            long handled = statistics.handled();
            double rate = before == null ? 0 : (handled - before.handled()) * 1e9 / Math.max(1, now - before.at());
            seen = new Seen(backlog, now, handled, rate);
        } catch (Throwable e) {
            // What is known stays, and gets older; that the database is away is said by those who need it.
            LOG.debug("The {} cannot see how far it is behind", endpoint.identity(), e);
        }
    }

    /** How far it is behind; empty before that was seen, or where its position is not known. */
    Optional<Lag> lag() {
        endpoint.getComponent().lagWatch().begin(endpoint.getCamelContext());
        Seen last = seen;
        Long position = position();
        return last == null || last.backlog() == null || position == null
                ? Optional.empty()
                : Optional.of(Lag.of(last.backlog(), position, Duration.ofNanos(System.nanoTime() - last.at())));
    }

    /** Messages handled in a second, lately. */
    double rate() {
        Seen last = seen;
        return last == null ? 0 : last.rate();
    }

    ConsumerStatistics statistics() {
        return statistics;
    }

    SubscriptionIdentity identity() {
        return endpoint.identity();
    }

    /** Null before the start. */
    @Nullable
    SubscriptionStatus status() {
        return status.get();
    }

    State state() {
        SubscriptionStatus current = status.get();
        return current == null ? State.STOPPED : current.state();
    }

    @Nullable
    Long position() {
        SubscriptionStatus current = status.get();
        return current == null ? null : current.position();
    }

    /** Its route, and which of the route's subscriptions: few for each program, and never the id of a stream. */
    Map<String, String> tags() {
        SubscriptionIdentity identity = identity();
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("route", route);
        tags.put("category", identity.name().category());
        tags.put("consumer", identity.consumerId() == null ? "none" : identity.consumerId());
        tags.put(
                "member",
                identity.group() == null
                        ? "none"
                        : String.valueOf(identity.group().member()));
        return tags;
    }

    /** All of it by name, for people: what is not known is left out. */
    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        SubscriptionStatus current = status.get();
        details.put("subscription", identity().toString());
        if (current == null) {
            return details;
        }
        details.put("state", current.state().name());
        put(details, "position", current.position());
        put(details, "storedPosition", current.storedPosition());
        lag().ifPresent(lag -> {
            details.put("head", lag.head());
            details.put("lag", lag.messages());
            details.put("lagSeconds", lag.seconds());
            if (!lag.exact()) {
                details.put("lagIsEstimate", true);
            }
        });
        put(details, "owner", owner);
        if (endpoint.getConfiguration().isFastWrites()) {
            details.put(
                    "fastWrites",
                    endpoint.getComponent().fastWrites(endpoint.getDataSource()).toString());
        }
        put(details, "lastError", lastError());
        if (!endpoint.findings().isEmpty()) {
            details.put("findings", endpoint.findings());
        }
        return details;
    }

    private static void put(Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    /** What went wrong last, and how long ago, also where it is over; null where nothing has. */
    @Nullable
    String lastError() {
        ConsumerStatistics.Failure last = statistics.lastFailure();
        SubscriptionStatus current = status.get();
        Throwable present = current == null ? null : current.lastError();
        if (present != null) {
            return String.valueOf(present.getMessage());
        }
        return last == null
                ? null
                : last.cause().getMessage() + " ("
                        + Duration.ofNanos(System.nanoTime() - last.at()).toSeconds() + " s ago, over)";
    }
}
