package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.embedded.EmbeddedMessageDbException;
import io.github.camelmessagedb.embedded.StopMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Kills something every few seconds, until it is stopped, and starts it again. */
final class Chaos {

    private static final int SHORTEST_PAUSE_MILLIS = 1500;
    private static final int LONGEST_PAUSE_MILLIS = 6000;

    private static final int MOST_ATTEMPTS = 100;

    private final EmbeddedMessageDb server;
    private final List<Consuming> programs;
    private final Random random;
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private final Thread thread = new Thread(this::run, "chaos");
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;

    enum Fault {
        /** pg_terminate_backend, each by itself. */
        SESSIONS_TERMINATED,
        SERVERS_STOPPED_AT_ONCE,
        POSTMASTERS_KILLED,
        CONSUMERS_KILLED
    }

    private Chaos(EmbeddedMessageDb server, List<Consuming> programs, Random random) {
        this.server = server;
        this.programs = programs;
        this.random = random;
    }

    static Chaos start(EmbeddedMessageDb server, List<Consuming> programs, Random random) {
        Chaos chaos = new Chaos(server, programs, random);
        chaos.thread.start();
        return chaos;
    }

    /** How many of each. */
    Map<Fault, Integer> counts() {
        return counts;
    }

    private void run() {
        try {
            while (!stopped) {
                pause(SHORTEST_PAUSE_MILLIS + random.nextInt(LONGEST_PAUSE_MILLIS - SHORTEST_PAUSE_MILLIS));
                fault(random.nextInt(10));
            }
        } catch (Exception e) {
            failure = e;
        }
    }

    private void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void fault(int which) throws Exception {
        if (which < 4) {
            count(Fault.SESSIONS_TERMINATED, terminateSessions(1 + random.nextInt(8)));
        } else if (which < 7) {
            Consuming victim = programs.get(random.nextInt(programs.size()));
            victim.kill();
            count(Fault.CONSUMERS_KILLED, 1);
            victim.start();
        } else if (which < 9) {
            server.stopServer(StopMode.IMMEDIATE);
            count(Fault.SERVERS_STOPPED_AT_ONCE, 1);
            startServer();
        } else {
            ProcessHandle.of(server.serverPid()).ifPresent(ProcessHandle::destroyForcibly);
            count(Fault.POSTMASTERS_KILLED, 1);
            startServer();
        }
    }

    /**
     * A killed postmaster takes a moment to be gone, and its sessions a while to notice, as long as which no other can be
     * started.
     */
    private void startServer() {
        for (int attempts = 1; ; attempts++) {
            try {
                server.startServer();
                server.ownerDataSource().getConnection().close();
                return;
            } catch (EmbeddedMessageDbException | SQLException e) {
                if (attempts == MOST_ATTEMPTS) {
                    throw new IllegalStateException("The server does not start", e);
                }
                pause(200);
            }
        }
    }

    private int terminateSessions(int most) throws SQLException {
        try (Connection connection = server.ownerDataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM"
                        + " pg_stat_activity WHERE usename = 'message_store' ORDER BY random() LIMIT " + most
                        + ") victims")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void count(Fault fault, int times) {
        counts.merge(fault, times, Integer::sum);
    }

    /** Fails if it could not start again what it had killed. */
    void requireNoFailure() {
        Exception e = failure;
        if (e != null) {
            throw new IllegalStateException("What was killed could not be started again", e);
        }
    }

    /** Ends with what it is doing; everything runs then. */
    void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
        requireNoFailure();
    }
}
