package io.github.camelmessagedb.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.testing.TcpProxy;
import io.github.camelmessagedb.testing.TestDatabase;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database that faults are made in.
 *
 * @param sources gives a new data source for the role each time
 * @param settings of the pools
 */
record Target(
        int port,
        String role,
        Supplier<PGSimpleDataSource> sources,
        DataSource owner,
        Consumer<HikariConfig> settings) {

    private static final int SOCKET_TIMEOUT_SECONDS = 3;

    static Target of(TestDatabase database) {
        return of(database, TestDatabase.ROLE);
    }

    static Target of(TestDatabase database, String role) {
        return new Target(
                database.port(), role, () -> database.dataSource(role), database.ownerDataSource(), config -> {});
    }

    /** A server of the test's own, which it may stop. */
    static Target of(EmbeddedMessageDb server) {
        return new Target(
                server.port(),
                TestDatabase.ROLE,
                () -> source(server.jdbcUrl()),
                server.ownerDataSource(),
                config -> {});
    }

    private static PGSimpleDataSource source(String jdbcUrl) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(TestDatabase.ROLE);
        return source;
    }

    Target withPool(Consumer<HikariConfig> changes) {
        return new Target(port, role, sources, owner, settings.andThen(changes));
    }

    Target withSources(Supplier<PGSimpleDataSource> others) {
        return new Target(port, role, others, owner, settings);
    }

    HikariDataSource pool(TcpProxy proxy) {
        PGSimpleDataSource source = proxy.through(sources.get());
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setConnectionTimeout(1000);
        config.setValidationTimeout(500);
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(6);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        settings.accept(config);
        return new HikariDataSource(config);
    }
}
