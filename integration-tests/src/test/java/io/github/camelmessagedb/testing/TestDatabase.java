package io.github.camelmessagedb.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.embedded.EmbeddedDatabase;
import io.github.camelmessagedb.embedded.testing.DatabaseSource;
import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.TestStores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh database with Message DB and no messages, on a real PostgreSQL. Whose Message DB: {@link TestSchema}.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestDatabase database = TestDatabase.extension();   // one for the class; not static: one for each test
 * }</pre>
 */
public final class TestDatabase
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

    /** The role that Message DB's clients use. */
    public static final String ROLE = "message_store";

    private final DatabaseSource source;
    private final MessageDbExtension extension;
    private boolean ofClass;
    private @Nullable EmbeddedDatabase created;
    private final Deque<HikariDataSource> pools = new ArrayDeque<>();

    private TestDatabase(DatabaseSource source) {
        this.source = source;
        this.extension = MessageDbExtension.on(source);
    }

    /** For a field with {@code @RegisterExtension}; the database comes and goes with the class or the test. */
    public static TestDatabase extension() {
        return new TestDatabase(new Databases(TestSchema.selected()));
    }

    /** For whoever closes it. */
    public static TestDatabase create() {
        return create(TestSchema.selected());
    }

    /** With this Message DB, whatever is selected for the other tests; for whoever closes it. */
    public static TestDatabase create(TestSchema schema) {
        TestDatabase database = new TestDatabase(new Databases(schema));
        database.created = database.source.create();
        return database;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ofClass = true;
        extension.beforeAll(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        extension.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ofClass) {
            closePools();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closePools();
    }

    private void closePools() {
        while (!pools.isEmpty()) {
            pools.pop().close();
        }
    }

    /** Closes the pools and drops the database that was created, whoever is still connected. */
    @Override
    public void close() {
        closePools();
        if (created != null) {
            source.drop(created);
            created = null;
        }
    }

    private EmbeddedDatabase database() {
        return created == null ? extension.database() : created;
    }

    /** The database's name. */
    public String name() {
        return database().name();
    }

    /** The server's host. */
    public String host() {
        return TestServer.shared().host();
    }

    /** The server's port. */
    public int port() {
        return TestServer.shared().port();
    }

    /** A JDBC URL without user and password. */
    public String jdbcUrl() {
        return database().jdbcUrl();
    }

    /** For the role {@code message_store}: a new connection at each call. */
    public PGSimpleDataSource dataSource() {
        return dataSource(ROLE);
    }

    /** For any role (they have the superuser's password): a new connection at each call. */
    public PGSimpleDataSource dataSource(String role) {
        return TestServer.shared().dataSource(name(), role);
    }

    /** For a superuser: a new connection at each call. */
    public PGSimpleDataSource ownerDataSource() {
        return dataSource(TestServer.shared().superuser());
    }

    /** A store for the role {@code message_store} on {@link #dataSource()}. */
    public MessageStore store() {
        return TestStores.of(dataSource());
    }

    /** A pool over {@link #dataSource()}, closed with the database. */
    public HikariDataSource pool(int size) {
        return pool(dataSource(), config -> config.setMaximumPoolSize(size));
    }

    /** A pool over any data source, closed with the database. It gives up after a second. */
    public HikariDataSource pool(DataSource dataSource, Consumer<HikariConfig> settings) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource);
        config.setConnectionTimeout(1000);
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(0);
        // Else a pool whose very first connection is killed while it asks for the default never opens another one.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        settings.accept(config);
        HikariDataSource pool = new HikariDataSource(config);
        pools.push(pool);
        return pool;
    }

    /** Runs SQL as the superuser. */
    public void execute(String sql) {
        Databases.run(name(), sql);
    }

    /** What a query answers as the superuser: each row's columns as texts. */
    public List<List<@Nullable String>> query(String sql, Object... arguments) {
        try (Connection connection = ownerDataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<List<@Nullable String>> answer = new ArrayList<>();
                while (rows.next()) {
                    List<@Nullable String> row = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        row.add(rows.getString(i));
                    }
                    answer.add(row);
                }
                return answer;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot run: " + sql, e);
        }
    }

    /** The number that a query answers as the superuser. */
    public long number(String sql, Object... arguments) {
        return Long.parseLong(
                Objects.requireNonNull(query(sql, arguments).get(0).get(0)));
    }

    /** How many messages are in the store. */
    public long messageCount() {
        return number("SELECT count(*) FROM message_store.messages");
    }

    /**
     * How often the table of messages was read from end to end.
     *
     * @param pool of one connection, which did it or did not
     */
    public long sequentialScans(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT pg_stat_force_next_flush()")) {
            statement.execute();
        }
        return number("SELECT seq_scan FROM pg_stat_user_tables WHERE relid = 'message_store.messages'::regclass");
    }
}
