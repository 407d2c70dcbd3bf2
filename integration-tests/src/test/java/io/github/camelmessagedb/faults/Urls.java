package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.testing.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** JDBC URLs with the user in them, for other programs. */
final class Urls {

    private Urls() {}

    static String of(TestDatabase database) {
        PGSimpleDataSource dataSource = database.dataSource();
        String password = dataSource.getPassword() == null ? "" : "&password=" + dataSource.getPassword();
        return database.jdbcUrl() + "?user=" + dataSource.getUser() + password;
    }
}
