package io.github.camelmessagedb.testing;

import io.github.camelmessagedb.store.StreamName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A message as the table has it, without what it says. */
record StoredRow(UUID id, StreamName stream, long position, long globalPosition) {

    /** What has a global position after one and up to another, in their order; positions of consumers left out. */
    static List<StoredRow> between(Connection connection, long after, long upTo) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT id, stream_name, position,"
                + " global_position FROM message_store.messages WHERE global_position > ? AND global_position <= ?"
                + " ORDER BY global_position")) {
            statement.setLong(1, after);
            statement.setLong(2, upTo);
            try (ResultSet rows = statement.executeQuery()) {
                List<StoredRow> messages = new ArrayList<>();
                while (rows.next()) {
                    StoredRow row = new StoredRow(
                            rows.getObject(1, UUID.class),
                            new StreamName(rows.getString(2)),
                            rows.getLong(3),
                            rows.getLong(4));
                    if (!row.isPosition()) {
                        messages.add(row);
                    }
                }
                return messages;
            }
        }
    }

    private boolean isPosition() {
        return stream.category().matches(".*[:+]position(\\+.*)?");
    }

    @Override
    public String toString() {
        return "message " + id + " (stream '" + stream + "', position " + position + ", global position "
                + globalPosition + ")";
    }
}
