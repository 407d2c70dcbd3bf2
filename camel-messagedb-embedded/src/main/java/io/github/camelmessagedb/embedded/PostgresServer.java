package io.github.camelmessagedb.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.io.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One PostgreSQL from its first start to its end, whether that is asked for or the JVM's. */
final class PostgresServer implements AutoCloseable {

    static final String SUPERUSER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMessageDb.class);
    /** A start that the server refuses takes as long. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);

    private static final int SESSIONS_TO_END_SECONDS = 5;
    private static final String OTHER_SESSIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";

    private final DataDirectory directory;
    private final EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    private final Thread jvmEnd = new Thread(this::endWithJvm, "embedded-messagedb-end");
    private volatile int port;
    private @Nullable EmbeddedPostgres postgres;
    private boolean closed;

    private PostgresServer(int port, DataDirectory directory) {
        this.port = port;
        this.directory = directory;
    }

    /** Takes the data directory, stops a server that a killed JVM left in it, and starts one. */
    static PostgresServer begin(EmbeddedMessageDbSettings settings) {
        DataDirectory.removeAbandoned();
        PostgresServer server = new PostgresServer(settings.port(), DataDirectory.claim(settings.dataDirectory()));
        try {
            Runtime.getRuntime().addShutdownHook(server.jvmEnd);
            server.prepare(settings);
            server.start();
            LOG.info("PostgreSQL for development started on port {}, data in {}", server.port, server.directory());
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    Path directory() {
        return directory.path();
    }

    Optional<ProcessHandle> process() {
        return Postmaster.of(directory.pgData());
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void start() {
        requireOpen();
        if (process().isPresent()) {
            return;
        }
        end(StopMode.FAST);
        if (port != 0 && !isFree(port)) {
            throw new EmbeddedMessageDbException("Port " + port + " is in use by another program");
        }
        try {
            launch();
        } catch (EmbeddedMessageDbException e) {
            // The sessions of a killed server take a moment to notice that it is gone.
            if (!String.valueOf(e.getMessage()).contains("pre-existing shared memory block")) {
                throw e;
            }
            launch();
        }
    }

    synchronized void stop(StopMode mode) {
        requireOpen();
        end(mode);
    }

    synchronized void restart() {
        stop(StopMode.FAST);
        start();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        end(StopMode.FAST);
        directory.close();
        LOG.info("PostgreSQL for development on port {} stopped", port);
        try {
            Runtime.getRuntime().removeShutdownHook(jvmEnd);
        } catch (IllegalStateException e) {
            // The JVM is ending; the hook will find nothing to do.
        }
    }

    private void prepare(EmbeddedMessageDbSettings settings) {
        Path home = settings.postgresHome();
        builder.setPgBinaryResolver(
                        home == null
                                ? new PostgresBinaries(directory.major(settings.postgresMajor()))
                                : new InstalledPostgres(home))
                .setOverrideWorkingDirectory(PostgresBinaries.unpacked())
                .setDataDirectory(directory.pgData())
                .setCleanDataDirectory(false)
                .setLocaleConfig("locale", "C")
                .setOutputRedirector(
                        ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
                .setPGStartupWait(START_PATIENCE)
                // Otherwise each start would add one.
                .setRegisterShutdownHook(false)
                // A start that fails would hold it on; the directory has a lock of ours.
                .setDataDirectoryCustomizer(pgData -> new File(pgData, "epg-lock").delete());
        settings.applyTo(builder);
        process().ifPresent(leftBehind -> {
            LOG.warn("Stopping PostgreSQL (pid {}) that was left behind in {}", leftBehind.pid(), directory());
            end(StopMode.FAST);
        });
    }

    private void launch() {
        try {
            directory.prepare();
            Postmaster.removeStaleFile(directory.pgData());
            postgres = builder.start();
            port = postgres.getPort();
            if (!Files.isSameFile(Path.of(value("SHOW data_directory")), directory.pgData())) {
                throw new EmbeddedMessageDbException("Port " + port + " is in use by another PostgreSQL");
            }
            directory.ready();
        } catch (IOException | SQLException | RuntimeException | ExceptionInInitializerError e) {
            end(StopMode.IMMEDIATE);
            throw e instanceof EmbeddedMessageDbException known
                    ? known
                    : new EmbeddedMessageDbException("PostgreSQL did not start: " + e + "\n" + directory.logTail(), e);
        }
    }

    private void end(StopMode mode) {
        if (mode != StopMode.FAST) {
            Postmaster.stop(directory.pgData(), mode);
        }
        if (postgres != null) {
            // Stops in order, gives that five seconds, and logs it as an error if the server is down already.
            IOUtils.closeQuietly(postgres);
            postgres = null;
        }
        Postmaster.stop(directory.pgData(), StopMode.FAST);
    }

    /** A program that is shutting down in parallel may have something left to save. */
    private void endWithJvm() {
        for (int i = 0; i < SESSIONS_TO_END_SECONDS * 20 && hasSessions(); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        close();
    }

    private boolean hasSessions() {
        try {
            return process().isPresent() && !value(OTHER_SESSIONS).equals("0");
        } catch (SQLException e) {
            return false;
        }
    }

    private String value(String query) throws SQLException {
        try (Connection connection =
                        EmbeddedDatabase.dataSource(port, SUPERUSER, SUPERUSER).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new EmbeddedMessageDbException("The embedded Message DB is closed");
        }
    }
}
