package io.github.camelmessagedb.subscription;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Ways to read everything that look right and are not: each misses messages, which a test of the right one must see. */
enum NaiveSources {
    /** Goes on after the highest number that it saw. */
    BY_NUMBER("true"),
    /** The same, below the oldest transaction: but a number is taken before the transaction has an id. */
    BY_XMIN("xmin::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"),
    /** The same, while nobody holds an advisory lock: but not every writer takes one, and not only writers do. */
    BY_ADVISORY_LOCKS("NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory')");

    private final String condition;

    NaiveSources(String condition) {
        this.condition = condition;
    }

    /** The numbers that it reads after one, in order. */
    List<Long> readAfter(DataSource dataSource, long last) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT global_position"
                        + " FROM message_store.messages WHERE global_position > ? AND " + condition
                        + " ORDER BY global_position")) {
            statement.setLong(1, last);
            try (ResultSet rows = statement.executeQuery()) {
                List<Long> numbers = new ArrayList<>();
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
                return numbers;
            }
        }
    }
}
