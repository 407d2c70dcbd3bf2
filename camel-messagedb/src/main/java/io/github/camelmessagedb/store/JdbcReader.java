package io.github.camelmessagedb.store;

import io.github.camelmessagedb.store.PageStatement.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads over JDBC. Every method is one round trip, but the reading of a page with a filter, which may take several. */
final class JdbcReader implements MessageReader {

    private final Jdbc jdbc;

    JdbcReader(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Page readStream(ReadQuery query) {
        if (query.name().isCategory()) {
            throw new IllegalArgumentException("Cannot read the stream '" + query.name()
                    + "': it is the name of a category, which is read as one (operation readCategory)");
        }
        if (query.filter().group() != null || query.filter().correlation() != null) {
            throw new IllegalArgumentException("Cannot read the stream '" + query.name()
                    + "' with a consumer group or a correlation: they belong to the reading of a category");
        }
        return untilFull(query);
    }

    @Override
    public Page readCategory(ReadQuery query) {
        StreamName.category(query.name().value());
        if (query.name().equals(ReadQuery.ALL)) {
            throw new IllegalArgumentException("Cannot read a category: " + ReadQuery.ALL
                    + " stands for everything, which is read as such (operation readAll)");
        }
        return untilFull(query);
    }

    /** What a filter leaves out, and what is large, makes a step short; only the end makes the page short. */
    private Page untilFull(ReadQuery query) {
        List<StoredMessage> messages = new ArrayList<>();
        ReadQuery rest = query;
        UUID lastId = null;
        Page.Seen first = null;
        while (true) {
            Page page = scan(rest);
            first = first == null ? page.first() : first;
            messages.addAll(page.messages());
            lastId = page.nextPosition() > rest.position() ? page.lastId() : lastId;
            int missing = query.batchSize() - messages.size();
            if (page.endReached() || missing == 0) {
                return new Page(messages, page.nextPosition(), page.endReached(), lastId, first);
            }
            rest = rest.withPosition(page.nextPosition())
                    .withBatchSize(query.batchSize() == ReadQuery.UNLIMITED ? ReadQuery.UNLIMITED : missing);
        }
    }

    @Override
    public Page scan(ReadQuery query) {
        return scan(query, false);
    }

    @Override
    public Page scanAfter(ReadQuery query) {
        return scan(query, true);
    }

    private Page scan(ReadQuery query, boolean after) {
        Scope scope = Scope.of(query.name());
        try {
            return undoing(session -> PageStatement.read(session, scope, query, after));
        } catch (SQLException e) {
            String doing = scope.reading(query.name());
            throw query.filter().condition() == null
                    ? SqlErrors.translate(doing, e)
                    : SqlErrors.translateConditional(doing, e);
        }
    }

    @Override
    public Page readAll(ReadQuery query) {
        if (!query.name().equals(ReadQuery.ALL)) {
            throw new IllegalArgumentException(
                    "Cannot read everything as '" + query.name() + "': its name is " + ReadQuery.ALL);
        }
        if (query.filter().condition() != null) {
            throw new IllegalArgumentException("Cannot read everything with a condition: it belongs to the reading of a"
                    + " category or a stream");
        }
        return untilFull(query);
    }

    @Override
    public Page readSql(String sql, ReadQuery query) {
        SqlQuery parsed = SqlQuery.parse(sql);
        try {
            return undoing(session -> parsed.execute(session, query));
        } catch (SQLException e) {
            throw SqlErrors.translateOwnSql("read '" + query.name() + "' with an sql of its own", e);
        }
    }

    @Override
    public Optional<StoredMessage> readLastMessage(StreamName stream, @Nullable String type) {
        return call("read the last message of '" + stream + "'", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(type == null ? SqlText.LAST_MESSAGE : SqlText.LAST_MESSAGE_OF_TYPE)) {
                statement.setString(1, stream.value());
                if (type != null) {
                    statement.setString(2, type);
                }
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(Rows.message(row)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public OptionalLong streamVersion(StreamName stream) {
        return number("read the version of '" + stream + "'", SqlText.STREAM_VERSION, stream.value());
    }

    @Override
    public OptionalLong lastPosition(StreamName category) {
        String name = StreamName.category(category.value()).value();
        if (category.equals(ReadQuery.ALL)) {
            return number("read the end of everything", SqlText.LAST_OF_ALL);
        }
        return number("read the end of '" + name + "'", SqlText.LAST_OF_CATEGORY, name, 0L, name);
    }

    @Override
    public OptionalLong firstPositionSince(StreamName name, Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        String doing = "look for the first message of '" + name + "' since " + time;
        if (name.equals(ReadQuery.ALL)) {
            return number(doing, SqlText.FIRST_OF_ALL_SINCE, utc);
        }
        return name.isCategory()
                ? number(doing, SqlText.FIRST_OF_CATEGORY_SINCE, name.value(), 0L, name.value(), utc)
                : number(doing, SqlText.FIRST_OF_STREAM_SINCE, name.value(), utc);
    }

    @Override
    public List<String> streamIdentifiers(StreamName category) {
        String name = StreamName.category(category.value()).value();
        return inSession("read the stream identifiers of '" + name + "'", session -> streamIdentifiers(session, name));
    }

    private static List<String> streamIdentifiers(Jdbc.Session session, String category) throws SQLException {
        // In somebody else's transaction the settings would be that one's, too.
        List<String> first = session.joined() ? List.of() : List.of(SqlText.BY_INDEX);
        try (RoundTrip roundTrip = RoundTrip.prepare(session, first, SqlText.STREAM_IDENTIFIERS)) {
            RoundTrip.setText(roundTrip.statement(), 1, category);
            roundTrip.statement().setLong(2, 0);
            RoundTrip.setText(roundTrip.statement(), 3, category);
            try (ResultSet rows = roundTrip.execute()) {
                return texts(rows);
            }
        }
    }

    @Override
    public Optional<UUID> idAt(long globalPosition) {
        return call("look at the global position " + globalPosition, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SqlText.ID_AT)) {
                statement.setLong(1, globalPosition);
                return texts(statement).stream().map(UUID::fromString).findFirst();
            }
        });
    }

    @Override
    public long lastNumber() {
        return number("read the last global position given", SqlText.LAST_NUMBER)
                .orElse(0);
    }

    @Override
    public OpenWriters openWriters() {
        return call("see who is writing", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SqlText.OPEN_WRITERS);
                    ResultSet rows = statement.executeQuery()) {
                Set<String> transactions = new HashSet<>();
                while (rows.next()) {
                    requirePrimary(rows.getBoolean(1));
                    requireNumbersInOrder(rows.getLong(2));
                    String transaction = rows.getString(3);
                    if (transaction != null) {
                        transactions.add(transaction);
                    }
                }
                return new OpenWriters(transactions);
            }
        });
    }

    private static void requirePrimary(boolean inRecovery) {
        if (inRecovery) {
            throw new StoreUnavailableException(
                    "The server is a standby, which does not know who is writing on its primary: a message could be"
                            + " missed",
                    "Connect to the primary alone (targetServerType=primary)",
                    null);
        }
    }

    private static void requireNumbersInOrder(long cache) {
        if (cache != 1) {
            throw new StoreUnavailableException(
                    "The sequence of global positions has CACHE " + cache + ": each session keeps so many numbers for"
                            + " later, and a message could be missed",
                    "Run ALTER SEQUENCE message_store.messages_global_position_seq CACHE 1, then let all programs that"
                            + " write connect anew: their sessions still have numbers",
                    null);
        }
    }

    @Override
    public String storeVersion() {
        return call("read the version of Message DB", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SqlText.STORE_VERSION)) {
                return texts(statement).get(0);
            }
        });
    }

    private static List<String> texts(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return texts(rows);
        }
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            texts.add(rows.getString(1));
        }
        return texts;
    }

    @Override
    public List<MessageLocation> locate(List<UUID> ids) {
        return call("look up " + ids.size() + " message(s) by id", connection -> locate(connection, ids));
    }

    private static List<MessageLocation> locate(Connection connection, List<UUID> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SqlText.LOCATE)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                List<MessageLocation> locations = new ArrayList<>();
                while (rows.next()) {
                    locations.add(Rows.location(rows));
                }
                return locations;
            }
        }
    }

    private OptionalLong number(String doing, String sql, Object... arguments) {
        return call(doing, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    statement.setObject(i + 1, arguments[i]);
                }
                try (ResultSet row = statement.executeQuery()) {
                    Long number = row.next() ? row.getObject(1, Long.class) : null;
                    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
                }
            }
        });
    }

    private <T> T undoing(Jdbc.Work<T> work) throws SQLException {
        return jdbc.call(session -> session.undoing(work));
    }

    /** What is done with a connection. */
    @FunctionalInterface
    private interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T call(String doing, Query<T> query) {
        return inSession(doing, session -> query.on(session.connection()));
    }

    private <T> T inSession(String doing, Jdbc.Work<T> work) {
        try {
            return undoing(work);
        } catch (SQLException e) {
            throw SqlErrors.translate(doing, e);
        }
    }
}
