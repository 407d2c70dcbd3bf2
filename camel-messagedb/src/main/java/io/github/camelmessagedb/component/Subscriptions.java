package io.github.camelmessagedb.component;

import io.github.camelmessagedb.schema.Needs;
import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.AllSource;
import io.github.camelmessagedb.subscription.Handling;
import io.github.camelmessagedb.subscription.MemoryPositionStore;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.PositionStores;
import io.github.camelmessagedb.subscription.Source;
import io.github.camelmessagedb.subscription.StartPosition;
import io.github.camelmessagedb.subscription.StoreSource;
import io.github.camelmessagedb.subscription.StreamPositionStore;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import io.github.camelmessagedb.subscription.SubscriptionOptions;
import io.github.camelmessagedb.subscription.SubscriptionOptions.PositionUpdates;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Retries;
import io.github.camelmessagedb.subscription.SubscriptionOptions.Start;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.StateRepository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the options of an endpoint say of a subscription, checked. */
final class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDbEndpoint.class);

    private static final String GROUP_OPTIONS = "consumerGroupMember, consumerGroupSize";

    private static final String POSITION_STORES = "stream, memory, or a bean, such as #bean:positions, that is a "
            + PositionStores.class.getName() + " or a " + StateRepository.class.getName();

    private final CamelContext context;
    private final StreamName name;
    private final MessageDbConfiguration configuration;

    Subscriptions(CamelContext context, StreamName name, MessageDbConfiguration configuration) {
        this.context = context;
        this.name = name;
        this.configuration = configuration;
    }

    /** @throws IllegalArgumentException naming the option that cannot be */
    void requireConsumable() {
        requireNoSqlOnAll();
        requireCategoryForCorrelation();
        identity();
        filter();
        options();
        if (configuration.getBatchSize() < 1) {
            throw new IllegalArgumentException(
                    "Bad batchSize " + configuration.getBatchSize() + ": it must be at least 1");
        }
    }

    /** The server would leave out what a gap then could not be told from. */
    private void requireNoSqlOnAll() {
        if (isAll() && (configuration.getCondition() != null || configuration.getSql() != null)) {
            throw new IllegalArgumentException("Everything (" + ReadQuery.ALL
                    + ") cannot be consumed with the options condition and sql: they belong to a category or a stream");
        }
    }

    private boolean isAll() {
        return name.equals(ReadQuery.ALL);
    }

    private void requireCategoryForCorrelation() {
        if (configuration.getCorrelation() != null && !name.isCategory()) {
            throw new IllegalArgumentException("The stream '" + name
                    + "' cannot be consumed with the option correlation, which is for categories. Its category is '"
                    + name.category() + "'");
        }
    }

    SubscriptionIdentity identity() {
        ConsumerGroup group = group();
        return option(
                group == null || name.isCategory() ? "consumerId" : GROUP_OPTIONS,
                () -> new SubscriptionIdentity(name, configuration.getConsumerId(), group));
    }

    private @Nullable ConsumerGroup group() {
        return option(
                        GROUP_OPTIONS,
                        () -> ConsumerGroup.of(
                                configuration.getConsumerGroupMember(), configuration.getConsumerGroupSize()))
                .orElse(null);
    }

    Filter filter() {
        Filter ofTypes =
                option("messageTypes=Deposited,Withdrawn for example", () -> Filter.NONE.withTypes(messageTypes()));
        Filter ofMember = ofTypes.withGroup(group()).withCorrelation(configuration.getCorrelation());
        return option("condition", () -> ofMember.withCondition(configuration.getCondition()));
    }

    private Set<String> messageTypes() {
        String types = configuration.getMessageTypes();
        return types == null
                ? Set.of()
                : Arrays.stream(types.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    }

    /** Names the option in what is wrong with its value. */
    static <T> T option(String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (option " + option + ")", e);
        }
    }

    SubscriptionOptions options() {
        String seekTo = configuration.getSeekTo();
        return new SubscriptionOptions(
                new Start(
                        option("startPosition", () -> StartPosition.parse(configuration.getStartPosition())),
                        seekTo == null ? null : option("seekTo", () -> StartPosition.parse(seekTo))),
                new Handling(
                        configuration.getConcurrentConsumers(),
                        configuration.isBatching() ? configuration.getBatchSize() : 1,
                        configuration.getMaxInFlight(),
                        configuration.getFailurePolicy().policy()),
                Duration.ofMillis(configuration.getPollInterval()),
                new PositionUpdates(
                        configuration.getPositionUpdateInterval(),
                        Duration.ofMillis(configuration.getPositionUpdateTimeout())),
                new Retries(
                        Duration.ofMillis(configuration.getRetryDelay()),
                        Duration.ofMillis(configuration.getMaxRetryDelay())));
    }

    Source source(MessageStore store) {
        return isAll() ? new AllSource(store.reader(), query()) : new StoreSource(store.reader(), query());
    }

    /**
     * The same for a consumer: members of a group share what they read, and who is behind has a second reader.
     *
     * @param database what tells the store from another one of the component's
     */
    Source source(MessageStore store, Object database, GroupReads groupReads, SecondReaders readers) {
        if (group() != null) {
            return groupReads.member(database, store, identity(), query());
        }
        return isAll() ? source(store) : readers.source(store, query());
    }

    /** What comes after a position. */
    ReadQuery after(long position) {
        return query().withPosition(position + 1);
    }

    private ReadQuery query() {
        return new ReadQuery(name, 0, configuration.getBatchSize(), filter());
    }

    /** Says where the position is kept, where that may not be what somebody expects. */
    PositionStore positionStore(MessageStore store) {
        SubscriptionIdentity identity = identity();
        Object option = configuration.getPositionStore();
        if (!(option instanceof String)) {
            return ofBean(identity, option);
        }
        if (option.equals("memory")) {
            return new MemoryPositionStore();
        }
        if (!option.equals("stream")) {
            throw new IllegalArgumentException("Bad positionStore '" + option + "': it must be " + POSITION_STORES);
        }
        if (identity.positionStream().isEmpty()) {
            LOG.warn(
                    "The {} has no consumerId: its position is kept in memory alone, and lost when the program ends."
                            + " Give it a consumerId to keep it",
                    identity);
            return new MemoryPositionStore();
        }
        if (identity.group() != null && identity.consumerId() == null) {
            LOG.info(
                    "The {} has no consumerId: its position is kept in '{}'",
                    identity,
                    identity.positionStream().get());
        }
        return new StreamPositionStore(store, identity, owner());
    }

    @SuppressWarnings("unchecked") // What it is asked for are texts, and it is given texts.
    private PositionStore ofBean(SubscriptionIdentity identity, Object bean) {
        if (bean instanceof PositionStores stores) {
            return stores.of(identity);
        }
        if (bean instanceof StateRepository<?, ?> repository) {
            return new StatePositionStore((StateRepository<String, String>) repository, identity, owner());
        }
        throw new IllegalArgumentException(
                "Bad positionStore, a " + bean.getClass().getName() + ": it must be " + POSITION_STORES);
    }

    /** What is asked of the database by a consumer, or by an operation that writes or reads. */
    Needs needs(boolean writing) {
        ConsumerGroup group = group();
        return new Needs(
                writing,
                configuration.getCondition() != null,
                group == null || group.size() == 1 || isAll() ? Set.of() : Set.of(name.category()));
    }

    /** Whether the position is kept in a stream of the database itself. */
    boolean writesPosition() {
        return "stream".equals(configuration.getPositionStore())
                && identity().positionStream().isPresent();
    }

    /** Who keeps the position, as others are told; null where it is in memory. */
    @Nullable
    String ownerOfPosition() {
        Object option = configuration.getPositionStore();
        boolean inMemory = option.equals("memory")
                || (option.equals("stream") && identity().positionStream().isEmpty());
        return inMemory ? null : owner();
    }

    /** For another program that a position is lost to. */
    private String owner() {
        return context.getName() + " on " + host() + ", process "
                + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name";
        }
    }
}
