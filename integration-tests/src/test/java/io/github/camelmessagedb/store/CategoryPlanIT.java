package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.testing.RecordingDataSource;
import io.github.camelmessagedb.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an idle reader of a quiet category costs, where another category has written 300,000 messages since: the plans of
 * the very texts that it sends.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CategoryPlanIT {

    private static final int FEW_BUFFERS = 20;

    /** The category read as one would write it first. */
    private static final String NAIVE = "SELECT " + SqlText.COLUMNS
            + " FROM message_store.messages WHERE message_store.category(stream_name) = $1::varchar"
            + " AND global_position >= $2::bigint ORDER BY global_position LIMIT 1000";

    private static final Filter FILTER = new Filter(new ConsumerGroup(1, 3), "order", Set.of("Happened"), null);

    @RegisterExtension
    static final TestDatabase database = TestDatabase.extension();

    private static long end;

    /** What an idle reader may send. */
    enum Query {
        POLL,
        FILTERED_POLL,
        LAST_POSITION,
        ARRIVED
    }

    @BeforeAll
    static void fill() {
        database.execute("ALTER TABLE message_store.messages SET (autovacuum_enabled = false)");
        writeAll(database.store(), messages(5000, "quiet-1"));
        end = database.store().reader().lastPosition(StreamName.of("quiet")).orElseThrow() + 1;
        database.execute("ANALYZE message_store.messages");
        database.execute("""
                INSERT INTO message_store.messages (id, stream_name, type, position, data)
                SELECT gen_random_uuid(), 'busy-' || n % 1000, 'Happened', n / 1000, '{"amount": 1}'
                FROM generate_series(0, 299999) AS n""");
    }

    @Test
    @Order(1)
    void the_naive_query_reads_the_other_category_with_stale_statistics() throws Exception {
        assertThat(explain(NAIVE, "'quiet', " + end, "force_custom_plan").buffers())
                .isGreaterThan(1000);
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void an_idle_reader_reads_few_buffers_with_stale_statistics(Query query) throws Exception {
        assertFewBuffers(query);
    }

    @ParameterizedTest
    @EnumSource
    @Order(3)
    void an_idle_reader_reads_few_buffers_without_statistics(Query query) throws Exception {
        forgetStatistics();

        assertFewBuffers(query);
    }

    @ParameterizedTest
    @EnumSource
    @Order(4)
    void an_idle_reader_reads_few_buffers_with_fresh_statistics(Query query) throws Exception {
        database.execute("ANALYZE message_store.messages");

        assertFewBuffers(query);
    }

    /** A page of a group of four comes out of about four times as many rows, each of which is looked at once. */
    @Test
    @Order(5)
    void a_member_looks_at_no_more_than_its_page_needs() throws Exception {
        forgetStatistics();
        ReadQuery query =
                ReadQuery.of("busy").withBatchSize(100).withFilter(Filter.NONE.withGroup(new ConsumerGroup(1, 4)));
        String sql = sent(reader -> reader.scan(query));

        for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
            Plan plan = explain(sql, "'busy', 0, 'busy', 1000, 4, 1, 100, 100", mode);

            assertThat(plan.rowsOf("messages_category")).as(mode + plan.text()).isBetween(100L, 600L);
        }
    }

    /** What a consumer asks of the category of its position when it starts. */
    @Test
    @Order(6)
    void the_streams_of_a_small_category_are_found_by_an_index_whatever_the_planner_thinks() throws Exception {
        forgetStatistics();
        database.execute("ALTER DATABASE " + database.name() + " SET random_page_cost = 1000");
        try (HikariDataSource one = database.pool(1)) {
            long before = database.sequentialScans(one);

            List<String> found = new MessageStore(one).reader().streamIdentifiers(StreamName.of("quiet"));

            assertThat(found).containsExactly("1");
            assertThat(database.sequentialScans(one))
                    .as("reads of the whole table")
                    .isEqualTo(before);
        }
    }

    private static void forgetStatistics() {
        database.execute("DELETE FROM pg_statistic WHERE starelid IN ('message_store.messages'::regclass,"
                + " 'message_store.messages_category'::regclass)");
        database.execute(
                "UPDATE pg_class SET relpages = 0, reltuples = -1" + " WHERE oid = 'message_store.messages'::regclass");
    }

    private static void assertFewBuffers(Query query) throws Exception {
        String sql = switch (query) {
            case POLL -> SqlText.small(SqlText.FROM_CATEGORY);
            case FILTERED_POLL -> sent(reader -> reader.scan(poll().withFilter(FILTER)));
            case LAST_POSITION -> sent(reader -> reader.lastPosition(StreamName.of("quiet")));
            case ARRIVED -> SqlText.ARRIVED;
        };
        String arguments = switch (query) {
            case POLL -> "'quiet', " + end + ", 'quiet', 1000";
            case FILTERED_POLL -> "'quiet', " + end + ", 'quiet', 8000, 3, 1, '{Happened}', 'order', 1000, 1000";
            case LAST_POSITION -> "'quiet', 0, 'quiet'";
            case ARRIVED ->
                "'{quiet,quiet,none}', '{" + (end - 1) + "," + end
                        + ",0}', '{quiet-1}', '{4999}', '{$all}', '{999999}'";
        };
        assertThat(query == Query.POLL ? sent(reader -> reader.scan(poll())) : sql)
                .isEqualTo(sql);
        for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
            Plan plan = explain(sql, arguments, mode);

            assertThat(plan.text()).as(mode).contains("messages_category").doesNotContain("Seq Scan");
            // Who waits for everything walks along it; a filtered read looks one message up.
            assertThat(plan.text().contains("messages_pkey"))
                    .as(mode)
                    .isEqualTo(query == Query.ARRIVED || query == Query.FILTERED_POLL);
            assertThat(plan.buffers()).as(mode + plan.text()).isLessThanOrEqualTo(FEW_BUFFERS);
        }
    }

    private static ReadQuery poll() {
        return ReadQuery.of("quiet").withPosition(end);
    }

    /** What the reader prepares. */
    private static String sent(Consumer<MessageReader> read) {
        RecordingDataSource recording = new RecordingDataSource(database.dataSource());
        read.accept(new MessageStore(recording.dataSource()).reader());
        assertThat(recording.prepared()).hasSize(1);
        return recording.prepared().get(0);
    }

    private record Plan(JsonNode root) {

        String text() {
            return root.toPrettyString();
        }

        long buffers() {
            return root.get("Shared Hit Blocks").asLong()
                    + root.get("Shared Read Blocks").asLong();
        }

        /** How many rows came out of an index, by all parts of the plan that read it. */
        long rowsOf(String index) {
            return root.findParents("Index Name").stream()
                    .filter(node -> index.equals(node.get("Index Name").asText()))
                    .mapToLong(node -> node.get("Actual Rows").asLong()
                            * node.get("Actual Loops").asLong())
                    .sum();
        }
    }

    private static Plan explain(String sql, String arguments, String mode) throws SQLException, IOException {
        String numbered = sql;
        for (int i = 1; numbered.indexOf('?') >= 0; i++) {
            numbered = numbered.replaceFirst("\\?", "\\$" + i);
        }
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = " + mode);
            statement.execute("PREPARE poll AS " + numbered);
            String explain = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE poll(" + arguments + ")";
            try (ResultSet row = statement.executeQuery(explain)) {
                row.next();
                return new Plan(
                        new ObjectMapper().readTree(row.getString(1)).get(0).get("Plan"));
            }
        }
    }
}
