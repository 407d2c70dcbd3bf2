package io.github.camelmessagedb.store;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        try (RoundTrip roundTrip = RoundTrip.prepare(session, List.of(), SqlText.WRITE_ONE)) {
            PreparedStatement statement = roundTrip.statement();
            statement.setString(1, message.id().toString());
            statement.setString(2, message.stream().value());
            statement.setString(3, message.type());
            statement.setString(4, message.data());
            statement.setString(5, message.metadata());
            statement.setObject(6, batch.expectedOf(0), Types.BIGINT);
            return positions(roundTrip);
        }
    }

    private List<Long> writeMany() throws SQLException {
        List<String> categories = batch.sortedCategories();
        // write_message takes the lock of a single category by itself.
        List<String> first = categories.size() > 1 ? List.of(SqlText.LOCK_CATEGORIES) : List.of();
        try (RoundTrip roundTrip = RoundTrip.prepare(session, first, SqlText.WRITE_MANY)) {
            PreparedStatement statement = roundTrip.statement();
            int i = 1;
            if (!first.isEmpty()) {
                statement.setArray(i++, array("varchar", categories.toArray()));
            }
            statement.setArray(i++, column("varchar", message -> message.id().toString()));
            statement.setArray(
                    i++, column("varchar", message -> message.stream().value()));
            statement.setArray(i++, column("varchar", NewMessage::type));
            statement.setArray(i++, column("text", NewMessage::data));
            statement.setArray(i++, column("text", NewMessage::metadata));
            statement.setArray(i, array("int8", batch.expectedVersions()));
            return positions(roundTrip);
        }
    }

    private List<Long> positions(RoundTrip roundTrip) throws SQLException {
        List<Long> positions = new ArrayList<>(batch.messages().size());
        try (ResultSet rows = roundTrip.execute()) {
            while (rows.next()) {
                positions.add(rows.getLong(1));
            }
        }
        return positions;
    }

    private Array column(String type, Function<NewMessage, @Nullable Object> value) throws SQLException {
        return array(type, batch.messages().stream().map(value).toArray());
    }

    private Array array(String type, @Nullable Object[] values) throws SQLException {
        return session.connection().createArrayOf(type, values);
    }
}
