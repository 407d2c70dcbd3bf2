package io.github.camelmessagedb.faults;

import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.embedded.StopMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A primary with a streaming standby, both on this machine. The standby is the copy of the primary's files while that is
 * stopped, so that no program is needed but the server's own.
 *
 * @param primary the first one
 * @param standby read-only, until it is promoted
 */
record PrimaryAndStandby(EmbeddedMessageDb primary, EmbeddedMessageDb standby) implements AutoCloseable {

    /** With both of their data in a directory; replication is asynchronous. */
    static PrimaryAndStandby start(Path directory) throws IOException {
        Path copy = directory.resolve("standby");
        EmbeddedMessageDb primary = server(directory.resolve("primary"));
        primary.stopServer();
        copy(primary, copy);
        // What makes it a server of this JVM writes to it: its files are those of the primary only after that.
        EmbeddedMessageDb standby = server(copy);
        standby.stopServer();
        copy(primary, copy);
        Files.createFile(copy.resolve("data/standby.signal"));
        Files.writeString(
                copy.resolve("data/postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost user=postgres port=" + primary.port() + "'\n",
                StandardOpenOption.APPEND);
        primary.startServer();
        standby.startServer();
        PrimaryAndStandby pair = new PrimaryAndStandby(primary, standby);
        pair.awaitCaughtUp();
        return pair;
    }

    private static EmbeddedMessageDb server(Path directory) {
        return EmbeddedMessageDb.builder()
                .durable(true)
                .dataDirectory(directory)
                .start();
    }

    private static void copy(EmbeddedMessageDb stopped, Path to) throws IOException {
        Path source = stopped.dataDirectory().resolve("data");
        Path target = to.resolve("data");
        if (Files.exists(target)) {
            try (Stream<Path> old = Files.walk(target)) {
                old.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
        try (Stream<Path> all = Files.walk(source)) {
            all.forEach(path -> copy(path, target.resolve(source.relativize(path))));
        }
    }

    private static void copy(Path file, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of both, the primary first, for the role message_store. */
    String jdbcUrl(String parameters) {
        return "jdbc:postgresql://localhost:%d,localhost:%d/message_store?user=message_store&%s"
                .formatted(primary.port(), standby.port(), parameters);
    }

    /** What was written so far is on the standby. */
    void awaitCaughtUp() {
        String written = value(primary, "SELECT pg_current_wal_lsn()");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> value(standby, "SELECT pg_last_wal_replay_lsn() >= '" + written + "'")
                        .equals("t"));
    }

    /** The primary answers no write that the standby does not have. */
    void replicateSynchronously() {
        execute(primary, "ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> value(primary, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
                        .equals("1"));
    }

    /** The standby stays where it is. */
    void stopReplication() {
        execute(standby, "ALTER SYSTEM SET primary_conninfo = ''", "SELECT pg_reload_conf()");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> value(standby, "SELECT count(*) FROM pg_stat_wal_receiver")
                        .equals("0"));
    }

    /** It does not come back. */
    void killPrimary() {
        primary.stopServer(StopMode.IMMEDIATE);
    }

    void promote() {
        execute(standby, "SELECT pg_promote()");
    }

    private static void execute(EmbeddedMessageDb server, String... statements) {
        for (String statement : List.of(statements)) {
            value(server, statement);
        }
    }

    private static String value(EmbeddedMessageDb server, String sql) {
        try (Connection connection = server.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return String.valueOf(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        primary.close();
        standby.close();
    }
}
