package io.github.camelmessagedb.embedded.testing;

import io.github.camelmessagedb.embedded.EmbeddedDatabase;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one server that all tests of a JVM share: it starts for the first who acquires it, stops when the last has closed
 * it, and ends with the JVM at the latest. JUnit's tests have it from {@link MessageDbExtension}; this is for other test
 * engines. May be used by several threads.
 *
 * <p>It takes 200 connections, and ten prepared transactions.
 *
 * @since 0.1.0
 */
public final class SharedMessageDb implements DatabaseSource, AutoCloseable {

    private static final Object LOCK = new Object();

    private static @Nullable EmbeddedMessageDb running;
    private static int holders;

    private final EmbeddedMessageDb server;
    private boolean closed;

    private SharedMessageDb(EmbeddedMessageDb server) {
        this.server = server;
    }

    /**
     * Starts the server if it does not run; whoever acquires it closes what is answered.
     *
     * @throws io.github.camelmessagedb.embedded.EmbeddedMessageDbException if it cannot be started
     */
    public static SharedMessageDb acquire() {
        synchronized (LOCK) {
            EmbeddedMessageDb server = running;
            if (server == null) {
                server = start();
                running = server;
            }
            holders++;
            return new SharedMessageDb(server);
        }
    }

    private static EmbeddedMessageDb start() {
        return EmbeddedMessageDb.builder()
                // For many pools at a time.
                .serverSetting("max_connections", "200")
                .serverSetting("max_prepared_transactions", "10")
                .start();
    }

    /** On the loopback interface. */
    public int port() {
        return server.port();
    }

    @Override
    public EmbeddedDatabase create() {
        return server.createDatabase("test_" + UUID.randomUUID().toString().replace("-", ""));
    }

    @Override
    public void drop(EmbeddedDatabase database) {
        server.dropDatabase(database.name());
    }

    /** Stops the server if nobody else holds it. Calling it again does nothing. */
    @Override
    public void close() {
        synchronized (LOCK) {
            if (closed) {
                return;
            }
            closed = true;
            holders--;
            if (holders == 0) {
                running = null;
                server.close();
            }
        }
    }
}
