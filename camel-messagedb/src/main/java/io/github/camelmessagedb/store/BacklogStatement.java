package io.github.camelmessagedb.store;

import io.github.camelmessagedb.store.PageStatement.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Counts what is before a reader, up to a limit: one round trip that reads no content. */
final class BacklogStatement {

    private static final long MOST_COUNTED = 1000;

    private final ReadQuery query;
    private final Scope scope;
    private final Arguments arguments = new Arguments();
    private final String sql;

    private BacklogStatement(ReadQuery query) {
        this.query = query;
        this.scope = Scope.of(query.name());
        String head = head();
        String filters = arguments.addFilters(query.filter());
        this.sql = SqlText.backlog(head, filters, scope.orderBy(), source());
    }

    /** Of what the query would read from its position on. */
    static Backlog read(Connection connection, ReadQuery query) throws SQLException {
        BacklogStatement backlog = new BacklogStatement(query);
        try (PreparedStatement statement = connection.prepareStatement(backlog.sql)) {
            backlog.arguments.bind(connection, statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return backlog.of(row);
            }
        }
    }

    private String head() {
        switch (scope) {
            case STREAM -> arguments.add(query.name().value());
            case CATEGORY -> arguments.addCategoryRange(query.name(), 0);
            case ALL -> {}
        }
        return switch (scope) {
            case STREAM -> SqlText.STREAM_VERSION;
            case CATEGORY -> SqlText.LAST_OF_CATEGORY;
            case ALL -> SqlText.LAST_OF_ALL;
        };
    }

    private String source() {
        String from = scope.source(query, arguments);
        arguments.addLimit(MOST_COUNTED);
        return from;
    }

    private Backlog of(ResultSet row) throws SQLException {
        long none = scope == Scope.STREAM ? -1 : 0;
        long head = row.getObject(1) == null ? none : row.getLong(1);
        long counted = row.getLong(2);
        long wanted = row.getLong(3);
        boolean exact = counted < MOST_COUNTED || row.getLong(4) >= head;
        // Where none of so many is wanted it is not known which of the rest are: then all count.
        boolean all = wanted == 0 && !exact;
        long of = all ? counted : wanted;
        return new Backlog(
                head,
                exact ? of : estimate(of, row.getLong(4), head),
                exact,
                age(all ? row.getDouble(5) : row.getDouble(6)));
    }

    /** As many as there are if the rest is like what was counted. */
    private long estimate(long counted, long countedTo, long head) {
        long before = query.position() - 1;
        return Math.max(counted, Math.round((double) counted * (head - before) / (countedTo - before)));
    }

    /** A clock that was set back makes no age negative. */
    private static Duration age(double seconds) {
        return Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)));
    }
}
