package io.github.camelmessagedb.embedded;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database with Message DB in an {@link EmbeddedMessageDb}. Its data sources open a new connection at each call, may
 * be used by any number of threads and need not be closed.
 *
 * @param name the database's name
 * @param dataSource for the role {@code message_store}
 * @param ownerDataSource for the superuser who owns the objects
 * @param jdbcUrl for the role {@code message_store}, which has no password
 * @since 0.1.0
 */
public record EmbeddedDatabase(String name, DataSource dataSource, DataSource ownerDataSource, String jdbcUrl) {

    static final String ROLE = "message_store";

    static EmbeddedDatabase at(int port, String name) {
        DataSource dataSource = dataSource(port, name, ROLE);
        DataSource owner = dataSource(port, name, PostgresServer.SUPERUSER);
        return new EmbeddedDatabase(
                name, dataSource, owner, "jdbc:postgresql://localhost:%d/%s?user=%s".formatted(port, name, ROLE));
    }

    static DataSource dataSource(int port, String database, String role) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"localhost"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser(role);
        return dataSource;
    }
}
