package io.github.camelmessagedb.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Asks over JDBC. */
final class JdbcIdleProbe implements IdleProbe {

    /**
     * One round trip, in autocommit one transaction: it must not be of a stricter default, under which the last statement
     * would see no more than the first. Each sees what was committed before it began.
     */
    private static final String LOOK = SqlText.inOneRoundTrip(
            List.of(SqlText.READ_COMMITTED, SqlText.NUMBERS, SqlText.MAY_STILL_APPEAR, SqlText.ARRIVED));

    private final Jdbc jdbc;

    JdbcIdleProbe(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** A question to a connection. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    @Override
    public Numbers numbers() {
        return ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SqlText.NUMBERS);
                    ResultSet rows = statement.executeQuery()) {
                return numbers(rows);
            }
        });
    }

    @Override
    public Look look(Set<Watched> watched) {
        return ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
                bind(connection, statement, watched);
                statement.execute();
                return look(statement);
            }
        });
    }

    private <T> T ask(Question<T> question) {
        try {
            return jdbc.call(session -> {
                requireOwnTransaction(session);
                return question.ask(session.connection());
            });
        } catch (SQLException e) {
            throw SqlErrors.translate("look for messages of those who wait", e);
        }
    }

    private static void requireOwnTransaction(Jdbc.Session session) {
        if (session.joined()) {
            throw new StoreUnavailableException(
                    "The connection is in a transaction that somebody else ends, which may not see what is committed"
                            + " meanwhile",
                    null,
                    null);
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, Set<Watched> watched)
            throws SQLException {
        Predicate<Watched> isAll = it -> it.name().equals(ReadQuery.ALL);
        Predicate<Watched> isCategory = it -> it.name().isCategory();
        List<Watched> categories =
                watched.stream().filter(isCategory.and(isAll.negate())).toList();
        List<Watched> streams = watched.stream().filter(isCategory.negate()).toList();
        List<Watched> all = watched.stream().filter(isAll).toList();
        statement.setArray(1, names(connection, categories));
        statement.setArray(2, positions(connection, categories));
        statement.setArray(3, names(connection, streams));
        statement.setArray(4, positions(connection, streams));
        statement.setArray(5, names(connection, all));
        statement.setArray(6, positions(connection, all));
    }

    private static java.sql.Array names(Connection connection, List<Watched> watched) throws SQLException {
        return connection.createArrayOf(
                "text", watched.stream().map(it -> it.name().value()).toArray());
    }

    private static java.sql.Array positions(Connection connection, List<Watched> watched) throws SQLException {
        return connection.createArrayOf(
                "int8", watched.stream().map(Watched::position).toArray());
    }

    private static Look look(PreparedStatement statement) throws SQLException {
        Numbers numbers = numbers(nextRows(statement));
        ResultSet open = nextRows(statement);
        boolean settled = open.next() && !open.getBoolean(1);
        ResultSet rows = nextRows(statement);
        Set<Watched> arrived = new HashSet<>();
        while (rows.next()) {
            arrived.add(new Watched(new StreamName(rows.getString(1)), rows.getLong(2)));
        }
        return new Look(numbers, settled, arrived);
    }

    private static ResultSet nextRows(PreparedStatement statement) throws SQLException {
        statement.getMoreResults();
        return statement.getResultSet();
    }

    private static Numbers numbers(ResultSet rows) throws SQLException {
        rows.next();
        return new Numbers(rows.getLong(1), rows.getBoolean(2), rows.getBoolean(3));
    }
}
