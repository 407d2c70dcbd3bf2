package io.github.camelmessagedb.store;

import io.github.camelmessagedb.store.Page.Seen;
import io.github.camelmessagedb.store.PageStatement.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a page of the rows that a {@link PageStatement} answers, up to the first that it did not bring the content of. */
final class PageRows {

    private static final int LATER = Rows.COUNT + 1;

    /** What each row of a filtered read says of all that it looked at. */
    private static final int SCANNED_TO = Rows.COUNT + 2;

    private static final int SCANNED_ROWS = Rows.COUNT + 3;
    private static final int HORIZON = Rows.COUNT + 4;
    private static final int LAST_ID = Rows.COUNT + 5;
    private static final int FIRST = Rows.COUNT + 6;
    private static final int FIRST_ID = Rows.COUNT + 7;

    private final Scope scope;
    private final long position;
    private final boolean after;
    private final @Nullable Long limit;
    private final List<StoredMessage> messages = new ArrayList<>();
    private int rows;
    private @Nullable Seen first;
    private @Nullable Seen last;
    private @Nullable Long cutAt;
    private @Nullable Scan scan;

    /** How far a filtered read looked, if it answers less than it may. */
    private record Scan(
            long next, boolean endReached, @Nullable UUID lastId) {}

    /**
     * Of a read from a position on.
     *
     * @param after whether the message at that position is not wanted
     * @param limit how many rows were asked for, or null for all
     */
    PageRows(Scope scope, long position, boolean after, @Nullable Long limit) {
        this.scope = scope;
        this.position = position;
        this.after = after;
        this.limit = limit;
    }

    void take(ResultSet row) throws SQLException {
        UUID id = Rows.id(row);
        if (id == null) {
            // The row of an outer join: nothing came through the filter.
            return;
        }
        rows++;
        long at = scope.positionOf(row);
        if (cutAt != null) {
            return;
        }
        if (after && at == position) {
            see(at, id);
        } else if (row.getBoolean(LATER) || isAnswered()) {
            cutAt = at;
            first = first == null ? new Seen(at, id) : first;
        } else {
            messages.add(Rows.message(row, id));
            see(at, id);
        }
    }

    private void see(long at, UUID id) {
        last = new Seen(at, id);
        first = first == null ? last : first;
    }

    /** Takes note of how far a filtered read looked, of which every row says the same. */
    void scan(ResultSet row, @Nullable Long rowsToScan) throws SQLException {
        if (scan != null) {
            return;
        }
        // Nothing looked at is not position 0, which a stream begins with.
        long scannedTo = row.getObject(SCANNED_TO) == null ? position : Math.max(position, row.getLong(SCANNED_TO) + 1);
        boolean endReached = rowsToScan == null || row.getLong(SCANNED_ROWS) < rowsToScan;
        long horizon = endReached && row.getObject(HORIZON) != null ? row.getLong(HORIZON) + 1 : 0;
        UUID firstId = Rows.id(row, FIRST_ID);
        first = firstId == null ? null : new Seen(row.getLong(FIRST), firstId);
        scan = horizon > scannedTo
                ? new Scan(horizon, true, null)
                : new Scan(scannedTo, endReached, Rows.id(row, LAST_ID));
    }

    /** Where the first message is that was wanted, if its content was not brought. */
    @Nullable
    Long cutAtOnce() {
        return messages.isEmpty() ? cutAt : null;
    }

    /** The first that was looked at. */
    @Nullable
    Seen first() {
        return first;
    }

    Page page() {
        Scan looked = scan;
        boolean all = cutAt == null;
        if (looked != null && all && !isFull()) {
            return new Page(messages, looked.next(), looked.endReached(), looked.lastId(), first);
        }
        long next = last == null ? position : last.position() + 1;
        return new Page(messages, next, all && !isFull(), last == null ? null : last.id(), first);
    }

    /** The message at the position counts as one of those asked for, though the filter may not let it through. */
    private boolean isAnswered() {
        return after && limit != null && messages.size() == limit - 1;
    }

    private boolean isFull() {
        return limit != null && rows == limit;
    }
}
