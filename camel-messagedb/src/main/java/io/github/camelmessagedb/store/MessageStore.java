package io.github.camelmessagedb.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A Message DB behind a data source. Safe for use by many threads; it holds no connection between calls.
 *
 * <p>Any role with the privileges of {@code message_store} will do, with any {@code search_path}, and connections with
 * any autocommit default.
 */
public final class MessageStore {

    /** For how long a write whose connection was lost tries to learn its outcome. */
    static final Duration RESOLUTION_TIME = Duration.ofSeconds(30);

    private final DataSource dataSource;
    private final ConnectionStrategy strategy;
    private final MessageReader reader;
    private final MessageWriter writer;
    private final Jdbc jdbc;
    private final Duration resolutionTime;
    private final FastWrites fast;

    /** A store whose every call is a transaction of its own. */
    public MessageStore(DataSource dataSource) {
        this(dataSource, ConnectionStrategy.PLAIN);
    }

    /** A store whose calls join the transactions that the strategy knows of. */
    public MessageStore(DataSource dataSource, ConnectionStrategy strategy) {
        this(dataSource, strategy, RESOLUTION_TIME);
    }

    MessageStore(DataSource dataSource, ConnectionStrategy strategy, Duration resolutionTime) {
        this(dataSource, strategy, resolutionTime, FastWrites.off());
    }

    private MessageStore(DataSource dataSource, ConnectionStrategy strategy, Duration resolutionTime, FastWrites fast) {
        this.dataSource = dataSource;
        this.strategy = strategy;
        this.resolutionTime = resolutionTime;
        this.jdbc = new Jdbc(dataSource, strategy);
        this.reader = new JdbcReader(jdbc);
        this.fast = fast;
        this.writer = new JdbcWriter(jdbc, fast, resolutionTime);
    }

    /**
     * The same store for somebody who does not want to wait for so long: a write whose connection was lost tries to learn
     * its outcome for this time, and not for 30 seconds.
     */
    public MessageStore withResolutionTime(Duration time) {
        return new MessageStore(dataSource, strategy, time, fast);
    }

    /**
     * The same store, which writes what comes together with one INSERT, past {@code write_message}: batches of some messages,
     * and those of many callers that share a transaction. It does so only where {@code write_message}, and what that calls,
     * is the one of Message DB or of ours, byte for byte, and nothing else happens when a row is inserted. Each write asks, in
     * its own transaction; where the answer is no, and in somebody else's transaction, all is as without.
     *
     * @param told when it is known whether they can be used, and when that changes; on a thread that writes
     * @since 0.1.0
     */
    public MessageStore withFastWrites(Consumer<FastWritesStatus> told) {
        return with(FastWrites.on(FastWrites.FEWEST, FastWrites.RETRY_AFTER, told));
    }

    MessageStore with(FastWrites fastWrites) {
        return new MessageStore(dataSource, strategy, resolutionTime, fastWrites);
    }

    /** Whether it writes past {@code write_message}. */
    public FastWritesStatus fastWrites() {
        return fast.status();
    }

    /** Reads messages. */
    public MessageReader reader() {
        return reader;
    }

    /**
     * Counts what a query would read from its position on, in one round trip that reads no content and looks at no more than
     * 1,000 messages. The batch size does not matter, nor does a condition in SQL.
     *
     * @throws StoreUnavailableException if the store cannot be reached
     */
    public Backlog backlog(ReadQuery query) {
        try {
            return jdbc.call(
                    session -> session.undoing(undoable -> BacklogStatement.read(undoable.connection(), query)));
        } catch (SQLException e) {
            throw SqlErrors.translate("count what is left to read of '" + query.name() + "'", e);
        }
    }

    /** Looks for messages of those who wait. It must not be asked in a transaction that somebody else ends. */
    public IdleProbe idleProbe() {
        return new JdbcIdleProbe(jdbc);
    }

    /** Writes messages. */
    public MessageWriter writer() {
        return writer;
    }

    /**
     * Writes single messages of many callers together. It is closed by whoever asked for it.
     *
     * @param executor for what is written for several callers, and for what they do with the outcome. It must have a thread
     *     for each task: a caller may wait for what another one does
     */
    public WriteCoalescer coalescer(Executor executor) {
        return new WriteCoalescer(sharedWriter(), writer, executor);
    }

    SharedWriter sharedWriter() {
        return new SharedWriter(jdbc, fast, writer, resolutionTime);
    }

    /** Whether this thread may be in a transaction that somebody else ends, so that a write may be part of it. */
    public boolean mayBeInTransaction() {
        return strategy.mayBeInTransaction(dataSource);
    }
}
