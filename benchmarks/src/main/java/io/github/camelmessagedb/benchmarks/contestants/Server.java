package io.github.camelmessagedb.benchmarks.contestants;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.benchmarks.measure.Size;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the program's own with Message DB and much in it, its settings the defaults, but that its statistics stay
 * as they are where nobody has analyzed: autovacuum would, some time in the middle of a run.
 */
public final class Server implements AutoCloseable {

    /** The category that is read. */
    public static final String BACKLOG = "flight";
    /** The category that has more messages, after those. */
    public static final String DOMINATING = "noise";

    private final EmbeddedMessageDb messageDb;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final Set<String> filled = new HashSet<>();

    private Server(EmbeddedMessageDb messageDb) {
        this.messageDb = messageDb;
    }

    /**
     * Starts it, with nothing in it.
     *
     * @param home where it is installed; empty for the bundled one
     */
    public static Server empty(Optional<Path> home) {
        EmbeddedMessageDb.Builder builder = EmbeddedMessageDb.builder()
                .durable(true)
                .serverSetting("autovacuum", "off")
                .serverSetting("max_connections", "200");
        home.ifPresent(builder::postgresHome);
        return new Server(builder.start());
    }

    /** The same, and fills it. */
    public static Server start(Optional<Path> home, Size size) throws SQLException {
        Server server = empty(home);
        try {
            server.execute(Seed.sql(size));
            // Else the server would write all of that to its files while the first are measured.
            server.execute("CHECKPOINT");
            return server;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Writes a category of messages as all contestants write them, unless it is there. */
    public void fill(String category, int messages, int streams) throws SQLException {
        if (filled.add(category)) {
            execute(Seed.PATH + Seed.category(category, messages, streams));
        }
    }

    /** Writes a category of messages with so many characters of data that cannot be compressed, unless it is there. */
    public void fillWithData(String category, int messages, int characters) throws SQLException {
        if (filled.add(category)) {
            execute(Seed.PATH + Seed.data(category, messages, characters));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection owner = messageDb.ownerDataSource().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A pool, open until {@link #closePools()}. Each contestant has one of its own. */
    public HikariDataSource pool(int connections, Commit commit) {
        return pool(connections, commit.options());
    }

    /**
     * A pool for those who ask with the server's functions, whose plans are chosen for the worst where nobody has analyzed:
     * without these settings each page of a member's would sort all that is left of the category.
     */
    public HikariDataSource poolForFunctions(int connections, Commit commit) {
        return pool(connections, commit.options() + " -c enable_sort=off -c enable_bitmapscan=off -c jit=off");
    }

    private HikariDataSource pool(int connections, String options) {
        HikariConfig config = new HikariConfig();
        String url = messageDb.jdbcUrl();
        config.setJdbcUrl(url + (url.contains("?") ? "&" : "?") + "options="
                + URLEncoder.encode(options, StandardCharsets.UTF_8).replace("+", "%20"));
        config.setMaximumPoolSize(connections);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    public int port() {
        return messageDb.port();
    }

    public String version() {
        return messageDb.serverVersion();
    }

    /** What environment a program of PostgreSQL's or Python's needs to connect. */
    public Map<String, String> environment(Commit commit) {
        return Map.of(
                "PGHOST", "localhost",
                "PGPORT", String.valueOf(port()),
                "PGUSER", "message_store",
                "PGDATABASE", "message_store",
                "PGOPTIONS", commit.options());
    }

    /** What the server has used of a processor since it started. */
    public Duration cpuTime() {
        ProcessHandle postmaster = ProcessHandle.of(messageDb.serverPid()).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Ends what {@link #pool} opened. */
    public void closePools() {
        pools.forEach(HikariDataSource::close);
        pools.clear();
    }

    @Override
    public void close() {
        closePools();
        messageDb.close();
    }
}
