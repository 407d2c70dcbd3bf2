package io.github.camelmessagedb.store;

import io.github.camelmessagedb.store.Page.Seen;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One read of a stream, a category or everything: its text, what is bound to it, and how its rows become a page.
 *
 * <p>A filtered read looks at a bounded number of rows and reports how far it looked, so that a reader moves on over what
 * is left out instead of looking at it again.
 */
final class PageStatement {

    /** A filtered read looks at this many rows for each message that it may answer. */
    private static final int ROWS_SCANNED_PER_MESSAGE = 8;

    private final ReadQuery query;
    private final Scope scope;
    private final boolean wrapped;
    private final @Nullable Long scanned;
    private final @Nullable Long limit;
    private final String sql;
    private final List<Object> arguments = new ArrayList<>();

    /** What is read, and by which of its two positions. */
    enum Scope {
        STREAM("position"),
        CATEGORY("global_position"),
        ALL("global_position");

        private final String orderBy;

        Scope(String orderBy) {
            this.orderBy = orderBy;
        }

        long positionOf(StoredMessage message) {
            return this == STREAM ? message.position() : message.globalPosition();
        }
    }

    PageStatement(Scope scope, ReadQuery query) {
        this.query = query;
        this.scope = scope;
        this.wrapped = !query.filter().isNone();
        boolean unlimited = query.batchSize() == ReadQuery.UNLIMITED;
        this.limit = unlimited ? null : Long.valueOf(query.batchSize());
        this.scanned = limit == null || !wrapped ? limit : Long.valueOf(limit * ROWS_SCANNED_PER_MESSAGE);
        this.sql = wrapped ? wrappedSql() : source();
    }

    private String wrappedSql() {
        String horizon = horizon();
        String source = source();
        String filters = filters();
        arguments.add(new Limit(limit));
        return SqlText.filtered(source, filters, scope.orderBy, horizon);
    }

    /** The end of what there is, where a condition is evaluated out of our sight. */
    private String horizon() {
        if (query.filter().condition() == null) {
            return "NULL::bigint";
        }
        if (scope == Scope.CATEGORY) {
            addCategoryRange(0);
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
        return scope == Scope.CATEGORY ? SqlText.READ_CATEGORY_CONDITIONALLY : SqlText.READ_STREAM_CONDITIONALLY;
    }

    private String unconditionalSource() {
        switch (scope) {
            case STREAM -> {
                arguments.add(query.name().value());
                arguments.add(query.position());
            }
            case CATEGORY -> addCategoryRange(query.position());
            case ALL -> arguments.add(query.position());
        }
        arguments.add(new Limit(scanned));
        return switch (scope) {
            case STREAM -> SqlText.READ_STREAM;
            case CATEGORY -> SqlText.READ_CATEGORY;
            case ALL -> SqlText.READ_ALL;
        };
    }

    private void addCategoryRange(long from) {
        arguments.add(query.name().value());
        arguments.add(from);
        arguments.add(query.name().value());
    }

    private String filters() {
        Filter filter = query.filter();
        List<String> filters = new ArrayList<>();
        if (filter.group() != null) {
            filters.add(SqlText.OF_MEMBER);
            arguments.add((long) filter.group().size());
            arguments.add((long) filter.group().member());
        }
        if (!filter.types().isEmpty()) {
            filters.add(SqlText.OF_TYPES);
            arguments.add(filter.types().toArray(String[]::new));
        }
        if (filter.correlation() != null) {
            filters.add(SqlText.OF_CORRELATION);
            arguments.add(filter.correlation());
        }
        return filters.isEmpty() ? "true" : String.join(" AND ", filters);
    }

    /** A number that may be null. */
    private record Limit(@Nullable Long value) {}

    Page execute(Jdbc.Session session) throws SQLException {
        if (query.filter().condition() == null) {
            try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
                bind(session.connection(), statement);
                return page(statement.executeQuery());
            }
        }
        try (RoundTrip roundTrip = RoundTrip.prepare(session, List.of(), sql)) {
            bind(session.connection(), roundTrip.statement());
            return page(roundTrip.execute());
        }
    }

    private Page page(ResultSet answer) throws SQLException {
        try (ResultSet rows = answer) {
            return wrapped ? wrappedPage(rows) : plainPage(rows);
        }
    }

    private void bind(Connection connection, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < arguments.size(); i++) {
            Object argument = arguments.get(i);
            if (argument instanceof Limit number) {
                statement.setObject(i + 1, number.value(), Types.BIGINT);
            } else if (argument instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else if (argument instanceof String text) {
                RoundTrip.setText(statement, i + 1, text);
            } else {
                statement.setObject(i + 1, argument);
            }
        }
    }

    private Page plainPage(ResultSet rows) throws SQLException {
        List<StoredMessage> messages = new ArrayList<>();
        while (rows.next()) {
            messages.add(Rows.message(rows));
        }
        boolean endReached = limit == null || messages.size() < limit;
        return messages.isEmpty()
                ? Page.nothing(query.position(), endReached)
                : upToLast(messages, endReached, seen(messages.get(0)));
    }

    private Page wrappedPage(ResultSet rows) throws SQLException {
        List<StoredMessage> messages = new ArrayList<>();
        Scan scan = new Scan(query.position(), false, null, null);
        while (rows.next()) {
            scan = scan(rows);
            if (Rows.hasMessage(rows)) {
                messages.add(Rows.message(rows));
            }
        }
        if (limit != null && messages.size() == limit) {
            // More may have been looked at than could be answered.
            return upToLast(messages, scan.endReached() && after(messages) == scan.next(), scan.first());
        }
        return new Page(messages, scan.next(), scan.endReached(), scan.lastId(), scan.first());
    }

    private Seen seen(StoredMessage message) {
        return new Seen(scope.positionOf(message), message.id());
    }

    /** How far a read looked. */
    private record Scan(
            long next,
            boolean endReached,
            @Nullable UUID lastId,
            @Nullable Seen first) {}

    /** Each row says the same of it, after the message. */
    private Scan scan(ResultSet row) throws SQLException {
        long scannedTo = Math.max(query.position(), row.getLong(Rows.COUNT + 1) + 1);
        boolean endReached = scanned == null || row.getLong(Rows.COUNT + 2) < scanned;
        long horizon = endReached && row.getObject(Rows.COUNT + 3) != null ? row.getLong(Rows.COUNT + 3) + 1 : 0;
        UUID firstId = Rows.id(row, Rows.COUNT + 6);
        Seen first = firstId == null ? null : new Seen(row.getLong(Rows.COUNT + 5), firstId);
        return horizon > scannedTo
                ? new Scan(horizon, true, null, first)
                : new Scan(scannedTo, endReached, Rows.id(row, Rows.COUNT + 4), first);
    }

    private Page upToLast(List<StoredMessage> messages, boolean endReached, @Nullable Seen first) {
        UUID lastId = messages.get(messages.size() - 1).id();
        return new Page(messages, after(messages), endReached, lastId, first);
    }

    private long after(List<StoredMessage> messages) {
        return scope.positionOf(messages.get(messages.size() - 1)) + 1;
    }
}
