package io.github.camelmessagedb.component;

import javax.sql.DataSource;

/**
 * A Message DB for development, found by {@link java.util.ServiceLoader} and used by a component for which no data
 * source is configured. The module {@code camel-messagedb-embedded} has one.
 */
public interface DevelopmentDatabase extends AutoCloseable {

    /**
     * Starts the database at the first call.
     *
     * @return a data source for the role {@code message_store}, the same at each call
     */
    DataSource dataSource();

    /** Where the database is, for the log: a JDBC URL without credentials. */
    String jdbcUrl();

    /** Stops the database and closes its connections; does nothing where it was not started. */
    @Override
    void close();
}
