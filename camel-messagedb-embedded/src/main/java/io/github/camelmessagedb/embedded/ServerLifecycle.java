package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server from its first start to its end, whether that is asked for or the JVM's. */
final class ServerLifecycle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMessageDb.class);
    private static final int PORTS_TO_TRY = 5;
    private static final Duration SESSIONS_TO_END = Duration.ofSeconds(5);

    private final EmbeddedMessageDbSettings settings;
    private final DataDirectory directory;
    private final PostgresServer server;
    private final Thread jvmEnd = new Thread(() -> close(StopMode.SMART, SESSIONS_TO_END), "embedded-messagedb-end");
    private int port;
    private boolean closed;

    private ServerLifecycle(EmbeddedMessageDbSettings settings, DataDirectory directory, PostgresServer server) {
        this.settings = settings;
        this.directory = directory;
        this.server = server;
        this.port = settings.port();
    }

    /** Takes the data directory, stops a server that a killed JVM left in it, and starts one. */
    static ServerLifecycle begin(EmbeddedMessageDbSettings settings) {
        ServerLifecycle lifecycle = prepare(settings);
        try {
            lifecycle.first();
            return lifecycle;
        } catch (IOException e) {
            lifecycle.close();
            throw new EmbeddedMessageDbException("The embedded server cannot be started: " + e, e);
        } catch (RuntimeException | Error e) {
            lifecycle.close();
            throw e;
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized int port() {
        return port;
    }

    Path directory() {
        return directory.path();
    }

    Optional<ProcessHandle> process() {
        return server.process();
    }

    synchronized void start() {
        requireOpen();
        if (server.process().isPresent()) {
            return;
        }
        try {
            server.start(port);
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("The embedded server cannot be started: " + e, e);
        }
    }

    synchronized void stop(StopMode mode) {
        requireOpen();
        server.stop(mode);
    }

    synchronized void restart() {
        stop(StopMode.FAST);
        start();
    }

    @Override
    public void close() {
        close(StopMode.FAST, SESSIONS_TO_END);
        try {
            Runtime.getRuntime().removeShutdownHook(jvmEnd);
        } catch (IllegalStateException e) {
            // The JVM is ending; the hook will find nothing to do.
        }
    }

    private static ServerLifecycle prepare(EmbeddedMessageDbSettings settings) {
        DataDirectory directory = DataDirectory.claim(settings.dataDirectory());
        try {
            Platform platform = Platform.current();
            Installation installation =
                    Installation.of(directory.archive(platform, settings.postgresMajor()), platform);
            var programs = new PostgresPrograms(installation, platform);
            removeAbandoned(programs);
            return new ServerLifecycle(settings, directory, new PostgresServer(programs, directory));
        } catch (RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    /** Temporary servers whose JVM was killed: nobody else would ever come for them. */
    private static void removeAbandoned(PostgresPrograms programs) {
        for (DataDirectory abandoned : DataDirectory.abandoned()) {
            LOG.info("Removing {}, left behind by a JVM that was killed", abandoned.path());
            new PostgresServer(programs, abandoned).stop(StopMode.IMMEDIATE);
            abandoned.close();
        }
    }

    private synchronized void first() throws IOException {
        Runtime.getRuntime().addShutdownHook(jvmEnd);
        server.process().ifPresent(leftBehind -> {
            LOG.warn("Stopping PostgreSQL (pid {}) that was left behind in {}", leftBehind.pid(), directory.path());
            server.stop(StopMode.FAST);
        });
        server.initialise(settings.durable());
        new ServerSettings(settings.durable(), settings.serverSettings()).writeTo(directory.pgData());
        startOnPort();
        LOG.info("PostgreSQL for development started on port {}, data in {}", port, directory.path());
    }

    /** A port that was free a moment ago may be taken by now: then, unless it was asked for, another one. */
    private void startOnPort() throws IOException {
        for (int attempt = 1; settings.port() == 0; attempt++) {
            port = PostgresServer.freePort();
            try {
                server.start(port);
                return;
            } catch (EmbeddedMessageDbException e) {
                if (attempt == PORTS_TO_TRY || PostgresServer.isFree(port)) {
                    throw e;
                }
            }
        }
        server.start(port);
    }

    private synchronized void close(StopMode mode, Duration patience) {
        if (closed) {
            return;
        }
        closed = true;
        server.stop(mode, patience);
        directory.close();
        LOG.info("PostgreSQL for development on port {} stopped", port);
    }

    private void requireOpen() {
        if (closed) {
            throw new EmbeddedMessageDbException("The embedded Message DB is closed");
        }
    }
}
