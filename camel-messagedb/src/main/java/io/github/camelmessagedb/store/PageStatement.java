package io.github.camelmessagedb.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One read of a stream, a category or everything: its text, what is bound to it, and how its rows become a page.
 *
 * <p>A filtered read looks at a bounded number of rows and reports how far it looked, so that a reader moves on over what
 * is left out instead of looking at it again.
 *
 * <p>What a page brings fits into memory: it ends before a message that is large. If that is the first one, another
 * statement reads from there on and adds up what the messages take. Stores without large messages never pay for the sum.
 */
final class PageStatement {

    /** A filtered read looks at no more rows than this for each message that it may answer... */
    private static final int SCANNED_PER_MESSAGE = 8;

    /** ...but at so many, for to look for one message is not to take a round trip for each few rows... */
    private static final int FEWEST_SCANNED = 1000;

    /** ...and at no more than this, if it may not answer more: so long one statement may take. */
    private static final int MOST_SCANNED = 8000;

    private final ReadQuery query;
    private final Scope scope;
    private final Kind kind;
    private final boolean wrapped;

    /** The rows come from the server's function, which takes a condition of the user's. */
    private final boolean conditional;

    private final @Nullable Long scanned;
    private final @Nullable Long limit;
    private final String sql;
    private final Arguments arguments = new Arguments();

    /** What is read, and by which of its two positions. */
    enum Scope {
        STREAM("position"),
        CATEGORY("global_position"),
        ALL("global_position");

        private final String orderBy;

        Scope(String orderBy) {
            this.orderBy = orderBy;
        }

        String orderBy() {
            return orderBy;
        }

        static Scope of(StreamName name) {
            if (name.equals(ReadQuery.ALL)) {
                return ALL;
            }
            return name.isCategory() ? CATEGORY : STREAM;
        }

        /** What reading it is, for an error. */
        String reading(StreamName name) {
            return switch (this) {
                case STREAM -> "read the stream '" + name + "'";
                case CATEGORY -> "read the category '" + name + "'";
                case ALL -> "read everything";
            };
        }

        /** The messages from the query's position on, up to a limit that is to be added yet; of its filter nothing counts. */
        String source(ReadQuery query, Arguments arguments) {
            switch (this) {
                case STREAM -> {
                    arguments.add(query.name().value());
                    arguments.add(query.position());
                }
                case CATEGORY -> arguments.addCategoryRange(query.name(), query.position());
                case ALL -> arguments.add(query.position());
            }
            return switch (this) {
                case STREAM -> SqlText.FROM_STREAM;
                case CATEGORY -> SqlText.FROM_CATEGORY;
                case ALL -> SqlText.FROM_ALL;
            };
        }

        long positionOf(ResultSet row) throws SQLException {
            return this == STREAM ? Rows.position(row) : Rows.globalPosition(row);
        }
    }

    private enum Kind {
        /** Ends before a large message. */
        SMALL,
        /** The same, and does not bring the message at the position that it begins with. */
        SMALL_AFTER,
        /** Ends where the messages are large together. */
        UP_TO_SIZE
    }

    private PageStatement(Scope scope, ReadQuery query, Kind kind) {
        this.query = query;
        this.scope = scope;
        this.kind = kind;
        this.wrapped = !query.filter().isNone();
        this.conditional = query.filter().condition() != null;
        boolean unlimited = query.batchSize() == ReadQuery.UNLIMITED;
        this.limit = unlimited ? null : Long.valueOf((long) query.batchSize() + (kind == Kind.SMALL_AFTER ? 1 : 0));
        this.scanned = limit == null || !wrapped ? limit : Long.valueOf(scanned(limit));
        this.sql = wrapped ? filteredSql() : select(source());
    }

    private long scanned(long limit) {
        if (conditional) {
            // The server's function brings the content of all that it looks at.
            return Math.max(limit, 1) * SCANNED_PER_MESSAGE;
        }
        return Math.max(limit, Math.min(Math.max(limit * SCANNED_PER_MESSAGE, FEWEST_SCANNED), MOST_SCANNED));
    }

    /** Reads what the query says, from its position on; {@code after}: but the message at that position. */
    static Page read(Jdbc.Session session, Scope scope, ReadQuery query, boolean after) throws SQLException {
        PageStatement small = new PageStatement(scope, query, after ? Kind.SMALL_AFTER : Kind.SMALL);
        PageRows rows = small.execute(session);
        Long firstLarge = rows.cutAtOnce();
        if (firstLarge == null) {
            return rows.page();
        }
        Page large = new PageStatement(scope, query.withPosition(firstLarge), Kind.UP_TO_SIZE)
                .execute(session)
                .page();
        return new Page(large.messages(), large.nextPosition(), large.endReached(), large.lastId(), rows.first());
    }

    private String filteredSql() {
        String horizon = horizon();
        // The server's function is volatile: asked twice it may see two states of the store.
        boolean once = conditional;
        boolean inCategory = scope == Scope.CATEGORY && !once;
        String source = inCategory ? SqlText.columnsInCategory(source()) : SqlText.columns(source());
        String sortedBy = inCategory ? "category, " + scope.orderBy : scope.orderBy;
        String found = SqlText.fromScanned(arguments.addFilters(query.filter()), sortedBy);
        arguments.addLimit(limit);
        String lookedThrough = lookedThrough();
        String last = once ? SqlText.lastInScanned(scope.orderBy) : last();
        return SqlText.filtered(
                new SqlText.Source(source, once), select(found), scope.orderBy, sortedBy, horizon, lookedThrough, last);
    }

    private String lookedThrough() {
        if (limit == null) {
            return "true";
        }
        arguments.addLimit(limit);
        return SqlText.FOUND_LESS;
    }

    private String last() {
        if (scope != Scope.STREAM) {
            return SqlText.LAST_BY_GLOBAL_POSITION;
        }
        arguments.add(query.name().value());
        return SqlText.LAST_IN_STREAM;
    }

    private String select(String from) {
        return kind == Kind.UP_TO_SIZE ? SqlText.upToSize(SqlText.columns(from), scope.orderBy) : SqlText.small(from);
    }

    /** The end of what there is, where a condition is evaluated out of our sight. */
    private String horizon() {
        if (!conditional) {
            return "NULL::bigint";
        }
        if (scope == Scope.CATEGORY) {
            arguments.addCategoryRange(query.name(), 0);
            return SqlText.LAST_OF_CATEGORY;
        }
        arguments.add(query.name().value());
        return SqlText.STREAM_VERSION;
    }

    private String source() {
        return query.filter().condition() == null
                ? unconditionalSource()
                : conditionalSource(query.filter().condition());
    }

    private String conditionalSource(String condition) {
        arguments.add(query.name().value());
        arguments.add(query.position());
        arguments.add(scanned == null ? (Long) (long) ReadQuery.UNLIMITED : scanned);
        arguments.add(condition);
        return scope == Scope.CATEGORY ? SqlText.FROM_CATEGORY_CONDITIONALLY : SqlText.FROM_STREAM_CONDITIONALLY;
    }

    private String unconditionalSource() {
        String from = scope.source(query, arguments);
        arguments.addLimit(scanned);
        return from;
    }

    private PageRows execute(Jdbc.Session session) throws SQLException {
        if (!conditional) {
            try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
                arguments.bind(session.connection(), statement);
                return rows(statement.executeQuery());
            }
        }
        try (RoundTrip roundTrip = RoundTrip.prepare(session, List.of(), sql)) {
            arguments.bind(session.connection(), roundTrip.statement());
            return rows(roundTrip.execute());
        }
    }

    private PageRows rows(ResultSet answer) throws SQLException {
        try (ResultSet rows = answer) {
            PageRows taken = new PageRows(scope, query.position(), kind == Kind.SMALL_AFTER, limit);
            while (rows.next()) {
                taken.take(rows);
                if (wrapped) {
                    taken.scan(rows, scanned);
                }
            }
            return taken;
        }
    }
}
