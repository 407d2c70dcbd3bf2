package io.github.camelmessagedb.store;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Sends a batch to the server's {@code write_message}, in one round trip. */
final class WriteStatement {

    private final Jdbc.Session session;
    private final Batch batch;

    private WriteStatement(Jdbc.Session session, Batch batch) {
        this.session = session;
        this.batch = batch;
    }

    /** Writes all of the batch or nothing, and answers the positions in its order. */
    static List<Long> execute(Jdbc.Session session, Batch batch) throws SQLException {
        WriteStatement statement = new WriteStatement(session, batch);
        // For one message the plain call is faster than unnest.
        return batch.messages().size() == 1 ? statement.writeOne() : statement.writeMany();
    }

    private List<Long> writeOne() throws SQLException {
        NewMessage message = batch.messages().get(0);
        try (PreparedStatement statement = prepare(false, SqlText.WRITE_ONE)) {
            statement.setString(1, message.id().toString());
            statement.setString(2, message.stream().value());
            statement.setString(3, message.type());
            statement.setString(4, message.data());
            statement.setString(5, message.metadata());
            statement.setObject(6, batch.expectedOf(0), Types.BIGINT);
            return positions(statement, false);
        }
    }

    private List<Long> writeMany() throws SQLException {
        List<String> categories = batch.sortedCategories();
        // write_message takes the lock of a single category by itself.
        boolean lock = categories.size() > 1;
        try (PreparedStatement statement = prepare(lock, SqlText.WRITE_MANY)) {
            int i = 1;
            if (lock) {
                statement.setArray(i++, array("varchar", categories.toArray()));
            }
            statement.setArray(i++, column("varchar", message -> message.id().toString()));
            statement.setArray(
                    i++, column("varchar", message -> message.stream().value()));
            statement.setArray(i++, column("varchar", NewMessage::type));
            statement.setArray(i++, column("text", NewMessage::data));
            statement.setArray(i++, column("text", NewMessage::metadata));
            statement.setArray(i, array("int8", batch.expectedVersions()));
            return positions(statement, lock);
        }
    }

    private PreparedStatement prepare(boolean lock, String write) throws SQLException {
        List<String> statements = new ArrayList<>();
        if (session.joined()) {
            statements.add(SqlText.REMEMBER_PATH);
        }
        statements.add(SqlText.PATH);
        if (lock) {
            statements.add(SqlText.LOCK_CATEGORIES);
        }
        statements.add(write);
        if (session.joined()) {
            statements.add(SqlText.RESTORE_PATH);
        }
        return session.connection().prepareStatement(SqlText.inOneRoundTrip(statements.toArray(String[]::new)));
    }

    private List<Long> positions(PreparedStatement statement, boolean lock) throws SQLException {
        statement.execute();
        int resultsBefore = 1 + (lock ? 1 : 0) + (session.joined() ? 1 : 0);
        for (int i = 0; i < resultsBefore; i++) {
            statement.getMoreResults();
        }
        List<Long> positions = new ArrayList<>(batch.messages().size());
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                positions.add(rows.getLong(1));
            }
        }
        return positions;
    }

    private Array column(String type, Function<NewMessage, Object> value) throws SQLException {
        return array(type, batch.messages().stream().map(value).toArray());
    }

    private Array array(String type, Object[] values) throws SQLException {
        return session.connection().createArrayOf(type, values);
    }
}
