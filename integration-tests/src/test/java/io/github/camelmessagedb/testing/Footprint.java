package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The threads of this program and the sessions of a role in a database, to be the same again when all is over. */
public final class Footprint {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What belongs to the JVM, to libraries that share their threads, or to the tests themselves. */
    private static final List<String> OTHERS = List.of(
            "ForkJoinPool",
            "CompletableFutureDelayScheduler",
            "process reaper",
            "proxy-",
            "awaitility",
            "junit-",
            "surefire",
            "PostgreSQL-JDBC",
            "Attach Listener",
            "embedded-");

    private final DataSource owner;
    private final String role;
    private final Set<Thread> threads;
    private final long sessions;

    private Footprint(DataSource owner, String role) {
        this.owner = owner;
        this.role = role;
        this.threads = Thread.getAllStackTraces().keySet();
        this.sessions = sessions();
    }

    /** As it is now, before anything was begun. */
    public static Footprint of(DataSource owner, String role) {
        return new Footprint(owner, role);
    }

    /** Fails if a connection is borrowed from one of the pools. */
    public static void requireNoneLeased(HikariDataSource... pools) {
        for (HikariDataSource pool : pools) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pool.getHikariPoolMXBean().getActiveConnections())
                            .as("connections borrowed from %s", pool.getPoolName())
                            .isZero());
        }
    }

    /** Fails if there are threads or sessions that there were not, and that do not go. */
    public void check() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(newThreads()).as("threads that were left behind").isEmpty();
            assertThat(sessions()).as("sessions of " + role).isLessThanOrEqualTo(sessions);
        });
    }

    private Set<String> newThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threads.contains(thread))
                .map(Thread::getName)
                .filter(name -> OTHERS.stream().noneMatch(name::startsWith))
                .collect(Collectors.toSet());
    }

    private long sessions() {
        try (Connection connection = owner.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND usename = ? AND pid <> pg_backend_pid()")) {
            statement.setString(1, role);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The sessions cannot be counted", e);
        }
    }
}
