package io.github.camelmessagedb.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks up which messages of a batch are in the store, and whether they have the content of those, in one round trip. */
final class PresentStatement {

    /** What is longer is not sent once more only to be compared. */
    private static final int COMPARED_LENGTH = 100_000;

    private static final int SAME = 6;

    private PresentStatement() {}

    /**
     * Answers what is there.
     *
     * @param compared whether the content is to be looked at; if the server does not take it, it is not
     * @throws StoreUnavailableException if this cannot be known
     */
    static Present read(Jdbc jdbc, Batch batch, boolean compared) {
        try {
            return jdbc.call(session -> session.undoing(undoable -> read(undoable.connection(), batch, compared)));
        } catch (SQLException e) {
            if (compared && SqlErrors.kind(e) == SqlErrors.Kind.REJECTED) {
                return read(jdbc, batch, false);
            }
            throw SqlErrors.translate("look up " + batch.messages().size() + " message(s) by id", e);
        }
    }

    private static Present read(Connection connection, Batch batch, boolean compared) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SqlText.COMPARE)) {
            statement.setArray(1, connection.createArrayOf("uuid", batch.ids().toArray()));
            statement.setArray(2, connection.createArrayOf("text", contents(batch, compared)));
            try (ResultSet rows = statement.executeQuery()) {
                List<MessageLocation> locations = new ArrayList<>();
                Set<UUID> different = new HashSet<>();
                while (rows.next()) {
                    MessageLocation location = Rows.location(rows);
                    locations.add(location);
                    if (!rows.getBoolean(SAME)) {
                        different.add(location.id());
                    }
                }
                return new Present(locations, different);
            }
        }
    }

    private static @Nullable Object[] contents(Batch batch, boolean compared) {
        return batch.messages().stream()
                .map(message -> compared && message.data().length() <= COMPARED_LENGTH ? message.data() : null)
                .toArray();
    }
}
