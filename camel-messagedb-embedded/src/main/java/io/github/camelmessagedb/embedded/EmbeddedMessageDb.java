package io.github.camelmessagedb.embedded;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL with Message DB that this JVM starts and stops: for development, tests and demos.
 *
 * <p>The server listens on the loopback interface only, and there it trusts everybody: whoever can run a program on
 * this machine can connect, as superuser too. Never put into it what must not be read or changed.
 *
 * <p>It ends with {@link #close()}, and also when the JVM ends without it, by itself, by {@code System.exit} or by
 * SIGTERM. In that case sessions that are still open have five seconds to end, so that a program that is shutting down
 * in parallel can finish its work. Only a killed JVM (SIGKILL) leaves its server behind; the next start on the same
 * data directory stops it first. May be used by several threads.
 *
 * @since 0.1.0
 */
public final class EmbeddedMessageDb implements AutoCloseable {

    private static final String DATABASE = "message_store";

    private final PostgresServer server;
    private final Databases databases;
    private final EmbeddedDatabase database;
    private final String serverVersion;

    private EmbeddedMessageDb(PostgresServer server) throws Exception {
        this.server = server;
        this.databases = new Databases(server.port());
        this.serverVersion = databases.serverVersion();
        this.database = databases.provide(DATABASE);
    }

    /** A server on a free port with a temporary data directory, not durable, of the PostgreSQL on the class path. */
    public static EmbeddedMessageDb start() {
        return builder().start();
    }

    /** As {@link #start()} where nothing else is said. */
    public static Builder builder() {
        return new Builder();
    }

    /** For the role {@code message_store}; opens a new connection at each call. The same object each time. */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /** For the superuser {@code postgres}, in the same database. The same object each time. */
    public DataSource ownerDataSource() {
        return database.ownerDataSource();
    }

    /** For the role {@code message_store}, without a password. */
    public String jdbcUrl() {
        return database.jdbcUrl();
    }

    /** The same through all restarts. */
    public int port() {
        return server.port();
    }

    /** For example {@code 17.11}. */
    public String serverVersion() {
        return serverVersion;
    }

    /** For example 17. */
    public int postgresMajor() {
        return Integer.parseInt(serverVersion.split("\\D", 2)[0]);
    }

    /**
     * The process number of the running server.
     *
     * @throws EmbeddedMessageDbException if it is down
     */
    public long serverPid() {
        return server.process()
                .map(ProcessHandle::pid)
                .orElseThrow(() -> new EmbeddedMessageDbException("The server on port " + port() + " is down"));
    }

    /** Waits for the end of the server process, and answers whether it was asked to end. */
    boolean awaitEnd() {
        server.process().ifPresent(process -> process.onExit().join());
        return server.isClosed();
    }

    /** The directory that was given or made; the cluster is in {@code data} in it, the log is {@code server.log}. */
    public Path dataDirectory() {
        return server.directory();
    }

    /**
     * Creates a further database with Message DB and no messages, in some tens of milliseconds.
     *
     * @throws EmbeddedMessageDbException if there is one of that name
     */
    public EmbeddedDatabase createDatabase(String name) {
        try {
            return databases.create(name);
        } catch (SQLException e) {
            throw new EmbeddedMessageDbException("The database " + name + " cannot be created: " + e.getMessage(), e);
        }
    }

    /**
     * Drops a database that was created here, whoever is still connected to it; does nothing if there is none.
     *
     * @throws IllegalArgumentException for the database that is the server's own
     * @throws EmbeddedMessageDbException if it cannot be dropped
     */
    public void dropDatabase(String name) {
        if (name.equals(DATABASE)) {
            throw new IllegalArgumentException("The server needs its database " + name);
        }
        try {
            databases.drop(name);
        } catch (SQLException e) {
            throw new EmbeddedMessageDbException("The database " + name + " cannot be dropped: " + e.getMessage(), e);
        }
    }

    /** Stops the server in order and starts it again: same port, same data. */
    public void restart() {
        server.restart();
    }

    /** Stops the server, ending all sessions, as {@link StopMode#FAST}. */
    public void stopServer() {
        stopServer(StopMode.FAST);
    }

    /** Stops the server and keeps port and data for {@link #startServer()}; does nothing if it is down. */
    public void stopServer(StopMode mode) {
        server.stop(mode);
    }

    /** Starts a server that was stopped, or that was killed or crashed; does nothing if it runs. */
    public void startServer() {
        server.start();
    }

    /** Stops the server and removes a temporary data directory. Calling it again does nothing. */
    @Override
    public void close() {
        server.close();
    }

    /** How a server is to be. */
    public static final class Builder {

        private static final Set<String> NOT_TO_BE_SET = Set.of("port", "listen_addresses");

        private int port;
        private @Nullable Path dataDirectory;
        private boolean durable;
        private OptionalInt postgresMajor = OptionalInt.empty();
        private @Nullable Path postgresHome;
        private final Map<String, String> serverSettings = new HashMap<>();

        private Builder() {}

        /** The port on the loopback interface; 0, the default, is a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Where the data is kept; made if it is not there, and left when the server ends, so that the next start finds
         * the data again. By default a temporary directory, removed at the end.
         */
        public Builder dataDirectory(Path dataDirectory) {
            this.dataDirectory = dataDirectory;
            return this;
        }

        /**
         * Whether what was committed outlives a crash of the machine or an {@link StopMode#IMMEDIATE} stop. Off by
         * default, which is faster: then fsync, synchronous_commit and full_page_writes are off.
         */
        public Builder durable(boolean durable) {
            this.durable = durable;
            return this;
        }

        /**
         * The major version of PostgreSQL, where its binaries are on the class path. By default that of the data in the
         * data directory, and if there is none the newest on the class path.
         */
        public Builder postgresMajor(int postgresMajor) {
            this.postgresMajor = OptionalInt.of(postgresMajor);
            return this;
        }

        /**
         * Takes a PostgreSQL that is installed on this machine, and none on the class path: for example {@code
         * /usr/lib/postgresql/17}. It is left as it is.
         *
         * @param postgresHome the directory that has {@code bin} with {@code initdb}, {@code pg_ctl} and {@code postgres}
         *     in it
         * @throws IllegalArgumentException if it has not
         */
        public Builder postgresHome(Path postgresHome) {
            this.postgresHome = InstalledPostgres.requireHome(postgresHome);
            return this;
        }

        /**
         * A setting as in {@code postgresql.conf}.
         *
         * @throws IllegalArgumentException for {@code port}, which is {@link #port(int)}, and {@code listen_addresses}:
         *     it listens on loopback only
         */
        public Builder serverSetting(String name, String value) {
            if (!name.matches("[A-Za-z_][\\w.]*") || NOT_TO_BE_SET.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("Not a setting to be made here: " + name);
            }
            serverSettings.put(name.toLowerCase(Locale.ROOT), value);
            return this;
        }

        /**
         * Starts the server and installs Message DB if it is not there; returns when it can be used.
         *
         * @throws IllegalArgumentException if both a major version and an installed PostgreSQL were asked for
         * @throws EmbeddedMessageDbException if it cannot be, with the reason; nothing is left running
         */
        public EmbeddedMessageDb start() {
            PostgresServer server = PostgresServer.begin(new EmbeddedMessageDbSettings(
                    port, dataDirectory, durable, postgresMajor, postgresHome, serverSettings));
            try {
                return new EmbeddedMessageDb(server);
            } catch (Exception e) {
                server.close();
                throw e instanceof EmbeddedMessageDbException known
                        ? known
                        : new EmbeddedMessageDbException("Message DB could not be installed: " + e.getMessage(), e);
            }
        }
    }
}
