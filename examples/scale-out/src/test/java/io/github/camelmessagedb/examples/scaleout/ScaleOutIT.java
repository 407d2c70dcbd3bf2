package io.github.camelmessagedb.examples.scaleout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Runs the example as users do, but on a database that is still there afterwards, and looks for itself. */
class ScaleOutIT {

    private static final String LOST = """
            SELECT count(*) FROM message_store.messages m
            WHERE message_store.category(m.stream_name) = 'parcel' AND NOT EXISTS (
                SELECT FROM handled h WHERE h.stream = m.stream_name AND h.position = m.position)
            """;
    /** A message before which its stream's former one was not handled. */
    private static final String OUT_OF_ORDER = """
            SELECT count(*) FROM (SELECT stream, position, min(number) AS number FROM handled GROUP BY 1, 2) h
            WHERE h.position > 0 AND NOT EXISTS (
                SELECT FROM handled f
                WHERE f.stream = h.stream AND f.position = h.position - 1 AND f.number < h.number)
            """;

    private static final String REPEATED =
            "SELECT count(*) - count(DISTINCT (stream, position)) FROM handled WHERE member = 1";
    private static final String REPEATED_BY_OTHERS =
            "SELECT count(*) - count(DISTINCT (stream, position)) FROM handled WHERE member <> 1";
    private static final String STREAMS_OF_SEVERAL_MEMBERS =
            "SELECT count(*) FROM (SELECT FROM handled GROUP BY stream HAVING count(DISTINCT member) > 1) s";
    private static final String MEMBERS = "SELECT count(DISTINCT member) FROM handled";
    private static final String PROCESSES = "SELECT count(DISTINCT process) FROM handled";
    private static final String HANDLED = "SELECT count(DISTINCT (stream, position)) FROM handled";

    @Test
    void when_one_of_three_processes_is_killed_nothing_is_lost_or_reordered_and_little_repeated() throws Exception {
        try (EmbeddedMessageDb database = EmbeddedMessageDb.start()) {
            assertThat(new Demonstration(database).run()).isEmpty();

            assertThat(count(database, HANDLED)).isEqualTo(Demonstration.MESSAGES);
            assertThat(count(database, LOST)).isZero();
            assertThat(count(database, OUT_OF_ORDER)).isZero();
            assertThat(count(database, REPEATED)).isLessThan(200);
            assertThat(count(database, REPEATED_BY_OTHERS)).isZero();
            assertThat(count(database, STREAMS_OF_SEVERAL_MEMBERS)).isZero();
            assertThat(count(database, MEMBERS)).isEqualTo(3);
            assertThat(count(database, PROCESSES)).isEqualTo(4);
        }
    }

    private static long count(EmbeddedMessageDb database, String query) throws SQLException {
        try (Connection connection = database.ownerDataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
