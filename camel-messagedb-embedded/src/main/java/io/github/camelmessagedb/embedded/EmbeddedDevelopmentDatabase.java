package io.github.camelmessagedb.embedded;

import io.github.camelmessagedb.component.DevelopmentDatabase;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The embedded server for a component without a data source; one server an object, nothing is kept at its end. */
public final class EmbeddedDevelopmentDatabase implements DevelopmentDatabase {

    private @Nullable EmbeddedMessageDb database;

    /** For {@link java.util.ServiceLoader}; starts nothing yet. */
    public EmbeddedDevelopmentDatabase() {}

    @Override
    public DataSource dataSource() {
        return started().dataSource();
    }

    @Override
    public String jdbcUrl() {
        return started().jdbcUrl();
    }

    @Override
    public synchronized void close() {
        if (database != null) {
            database.close();
        }
    }

    private synchronized EmbeddedMessageDb started() {
        if (database == null) {
            database = EmbeddedMessageDb.start();
        }
        return database;
    }
}
