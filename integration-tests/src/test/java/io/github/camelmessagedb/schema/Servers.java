package io.github.camelmessagedb.schema;

import io.github.camelmessagedb.testing.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** Other databases of a test's server. */
final class Servers {

    private Servers() {}

    static PGSimpleDataSource superuser(TestDatabase server, String database) {
        return named(server.ownerDataSource(), database);
    }

    static PGSimpleDataSource of(TestDatabase server, String database, String role) {
        return named(server.dataSource(role), database);
    }

    private static PGSimpleDataSource named(PGSimpleDataSource dataSource, String database) {
        dataSource.setDatabaseName(database);
        return dataSource;
    }
}
