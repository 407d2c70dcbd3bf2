package io.github.camelmessagedb.benchmarks.contestants;

import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.store.MessageStore;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;

/**
 * camel-sql, at the best settings that were found. With {@code parametersCount} it does not ask the server before each call
 * how many parameters there are.
 */
public final class CamelSql {

    private static final String WRITE = "sql:SELECT message_store.write_message(:#id, :#stream, :#type,"
            + " CAST(:#data AS jsonb), CAST(:#metadata AS jsonb))"
            + "?dataSource=#pool&outputType=SelectOne&parametersCount=5";

    /** The same statement that our own consumer and the bare JDBC loop have. */
    private static final String READ =
            "sql:SELECT id, stream_name, type, position, global_position, data, metadata, time"
                    + " FROM message_store.messages"
                    + " WHERE (message_store.category(stream_name), global_position) >= ('%s', CAST(# AS bigint))"
                    + " AND message_store.category(stream_name) <= '%s'"
                    + " ORDER BY message_store.category(stream_name), global_position LIMIT 1000"
                    + "?dataSource=#pool&prepareStatementStrategy=#cursor%d&parametersCount=1&allowNamedParameters=false"
                    + "&useIterator=false&greedy=true&initialDelay=0&delay=%d";

    private CamelSql() {}

    /** A route for {@link #write}. */
    public static Routes writing(DataSource dataSource) throws Exception {
        return Routes.with("pool", dataSource).writeTo(WRITE).start();
    }

    /** Sends such a route what it needs. */
    public static void write(Routes routes, String stream) throws Exception {
        routes.write(exchange -> call(exchange, stream));
    }

    private static void call(Exchange exchange, String stream) {
        exchange.getIn()
                .setBody(Map.of(
                        "id", UUID.randomUUID().toString(),
                        "stream", stream,
                        "type", Payload.TYPE,
                        "data", Payload.DATA,
                        "metadata", Payload.METADATA));
    }

    /** A route that reads a category from its beginning, lists as bodies, one poll after the other. Not started. */
    public static Routes reading(DataSource dataSource, String category, Meter meter) throws Exception {
        Routes routes = Routes.with("pool", dataSource);
        return reader(
                routes,
                0,
                category,
                0,
                500,
                exchange -> meter.count(rows(exchange).size()));
    }

    /** What is done with a list of rows. */
    @FunctionalInterface
    public interface Rows {
        void handle(Exchange exchange);
    }

    /** Adds a route that reads a category after a position. */
    static Routes reader(Routes routes, int number, String category, long after, int delay, Rows handler)
            throws Exception {
        Cursor cursor = new Cursor(after + 1);
        routes.bind("cursor" + number, cursor);
        return routes.consume(READ.formatted(category, category, number, delay), exchange -> {
            handler.handle(exchange);
            List<Map<String, Object>> rows = rows(exchange);
            Map<String, Object> last = rows.get(rows.size() - 1);
            cursor.next.set((Long) Objects.requireNonNull(last.get("global_position")) + 1);
        });
    }

    /** Consumers of several categories, each polling for itself. */
    public static Receivers receivers(DataSource dataSource, int categories, int delay) throws Exception {
        Routes routes = Routes.with("pool", dataSource);
        Receivers receivers = new Receivers(routes, "sql", categories);
        for (int i = 0; i < categories; i++) {
            String category = receivers.category(i);
            long last = new MessageStore(dataSource).reader().lastNumber();
            reader(
                    routes,
                    i,
                    category,
                    last,
                    delay,
                    exchange -> rows(exchange).forEach(row -> receivers.received(String.valueOf(row.get("id")))));
        }
        routes.start();
        return receivers;
    }

    @SuppressWarnings("unchecked") // What camel-sql's lists are.
    static List<Map<String, Object>> rows(Exchange exchange) {
        return Objects.requireNonNull(exchange.getIn().getBody(List.class));
    }

    /** Where a consumer goes on. */
    private static final class Cursor extends DefaultSqlPrepareStatementStrategy {
        private final AtomicLong next;

        Cursor(long next) {
            this.next = new AtomicLong(next);
        }

        @Override
        public void populateStatement(PreparedStatement statement, Iterator<?> values, int expected)
                throws SQLException {
            statement.setLong(1, next.get());
        }

        @Override
        public Iterator<?> createPopulateIterator(
                String query, String prepared, int expected, Exchange exchange, Object value) {
            return List.of(next.get()).iterator();
        }
    }
}
