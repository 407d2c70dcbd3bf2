package io.github.camelmessagedb.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads values out of rows of {@link SqlText#COLUMNS}. */
final class Rows {

    private static final int ID = 1;
    private static final int STREAM_NAME = 2;
    private static final int TYPE = 3;
    private static final int POSITION = 4;
    private static final int GLOBAL_POSITION = 5;
    private static final int DATA = 6;
    private static final int METADATA = 7;
    private static final int TIME = 8;

    /** How many columns a message has. */
    static final int COUNT = 8;

    private Rows() {}

    static StoredMessage message(ResultSet row) throws SQLException {
        return message(row, Objects.requireNonNull(id(row)));
    }

    /** The same where the id is known already. */
    static StoredMessage message(ResultSet row, UUID id) throws SQLException {
        return new StoredMessage(
                id,
                new StreamName(row.getString(STREAM_NAME)),
                row.getString(TYPE),
                position(row),
                globalPosition(row),
                row.getString(DATA),
                row.getString(METADATA),
                instant(row));
    }

    /** Null where an outer join found no message. */
    static @Nullable UUID id(ResultSet row) throws SQLException {
        return id(row, ID);
    }

    static @Nullable UUID id(ResultSet row, int column) throws SQLException {
        // The table's column comes as what it is; of a query of somebody's own it can be a text.
        Object id = row.getObject(column);
        if (id == null) {
            return null;
        }
        return id instanceof UUID uuid ? uuid : UUID.fromString(id.toString());
    }

    static long position(ResultSet row) throws SQLException {
        return row.getLong(POSITION);
    }

    static long globalPosition(ResultSet row) throws SQLException {
        return row.getLong(GLOBAL_POSITION);
    }

    static MessageLocation location(ResultSet row) throws SQLException {
        return new MessageLocation(
                Objects.requireNonNull(id(row)),
                new StreamName(row.getString(STREAM_NAME)),
                row.getString(TYPE),
                position(row),
                globalPosition(row));
    }

    /** The column has no zone and holds UTC; as a local time it does not meet the JVM's zone on its way. */
    private static Instant instant(ResultSet row) throws SQLException {
        return row.getObject(TIME, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
