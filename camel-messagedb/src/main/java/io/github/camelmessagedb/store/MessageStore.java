package io.github.camelmessagedb.store;

import java.time.Duration;
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

    private final MessageReader reader;
    private final MessageWriter writer;

    /** A store whose every call is a transaction of its own. */
    public MessageStore(DataSource dataSource) {
        this(dataSource, ConnectionStrategy.PLAIN);
    }

    /** A store whose calls join the transactions that the strategy knows of. */
    public MessageStore(DataSource dataSource, ConnectionStrategy strategy) {
        this(dataSource, strategy, RESOLUTION_TIME);
    }

    MessageStore(DataSource dataSource, ConnectionStrategy strategy, Duration resolutionTime) {
        Jdbc jdbc = new Jdbc(dataSource, strategy);
        this.reader = new JdbcReader(jdbc);
        this.writer = new JdbcWriter(jdbc, reader, resolutionTime);
    }

    /** Reads messages. */
    public MessageReader reader() {
        return reader;
    }

    /** Writes messages. */
    public MessageWriter writer() {
        return writer;
    }
}
