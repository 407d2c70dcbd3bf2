package io.github.camelmessagedb.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a stored position all the time: it never goes back, and never past what was not handled. It reads the
 * position first and then asks what is handled, so that what it complains of was so when the position was stored. While
 * the server is away it waits for it.
 */
public final class PositionWatch implements AutoCloseable {

    private static final long EVERY_MILLIS = 5;

    private final Oracle oracle;
    private final DataSource owner;
    private final Readership readership;
    private final List<String> complaints = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private @Nullable Future<?> looking;
    private @Nullable Connection connection;
    private long last;
    private int looks;

    private PositionWatch(Oracle oracle, DataSource owner, Readership readership) {
        this.oracle = oracle;
        this.owner = owner;
        this.readership = readership;
    }

    /** Looks by itself until it is closed, with connections of its own that no fault must meet. */
    public static PositionWatch start(Oracle oracle, DataSource owner, Readership readership) {
        PositionWatch watch = new PositionWatch(oracle, owner, readership);
        watch.looking = watch.thread.scheduleWithFixedDelay(watch::lookIfThere, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Looks once, for whoever feeds the oracle in between. */
    public static void checkNow(Oracle oracle, DataSource owner, Readership readership) {
        try (PositionWatch watch = new PositionWatch(oracle, owner, readership)) {
            watch.check();
        }
    }

    private synchronized void lookIfThere() {
        try {
            look();
        } catch (SQLException e) {
            disconnect();
        }
    }

    private void look() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = owner.getConnection();
            connection = open;
        }
        long stored = stored(open);
        if (stored < last) {
            complaints.add(
                    "went back: '" + readership.positionStream() + "' has position " + stored + " after " + last);
        } else if (stored > last) {
            for (StoredRow row : StoredRow.between(open, last, stored)) {
                if (readership.reads().test(row.stream()) && !oracle.isDone(row.id())) {
                    complaints.add("stored too early: '" + readership.positionStream() + "' has position " + stored
                            + " without the handling of " + row);
                }
            }
        }
        last = stored;
        looks++;
    }

    private long stored(Connection open) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement("SELECT (data->>'position')::bigint"
                + " FROM message_store.messages WHERE stream_name = ? ORDER BY position DESC LIMIT 1")) {
            statement.setString(1, readership.positionStream());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /** Looks once more, and fails if there was ever something to complain of. */
    public synchronized void check() {
        if (looking != null && looking.isDone()) {
            complaints.add("no longer looked at: '" + readership.positionStream() + "'");
        }
        try {
            look();
        } catch (SQLException e) {
            throw new IllegalStateException("'" + readership.positionStream() + "' cannot be read", e);
        }
        Oracle.refuse(complaints);
    }

    /** The position that was stored when it looked last. */
    public synchronized long last() {
        return last;
    }

    /** How often it has looked. */
    public synchronized int looks() {
        return looks;
    }

    private void disconnect() {
        if (connection != null) {
            TcpProxy.closeQuietly(connection);
            connection = null;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        synchronized (this) {
            disconnect();
        }
    }
}
