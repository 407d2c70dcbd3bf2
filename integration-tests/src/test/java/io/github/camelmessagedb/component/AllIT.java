package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.Together;
import io.github.camelmessagedb.testing.Writer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Consumers of everything. The database is that of all these tests: each looks at streams of its own. */
@Timeout(180)
class AllIT extends ComponentTest {

    private static final int LOCKED_WRITERS = 6;
    private static final int DIRECT_WRITERS = 2;
    private static final int TRANSACTIONS = 150;

    private final Received received = new Received();

    private String from(String options) {
        return "messagedb:$all?consumerId=" + category + options;
    }

    /** What came of this test's streams, but those that it names as positions. */
    private List<Message> own() {
        return received.messages().stream()
                .filter(message -> stream(message).startsWith(category))
                .toList();
    }

    private static String stream(Message message) {
        return Objects.requireNonNull(message.getHeader(MessageDbConstants.STREAM_NAME, String.class));
    }

    private List<Integer> numbers() {
        return own().stream()
                .map(message -> Objects.requireNonNull(message.getBody(Integer.class)))
                .toList();
    }

    @Test
    void routes_everything_but_positions_and_goes_on_after_a_restart() throws Exception {
        writeNumbers(category + "-1", 1, 2);
        write(category + ":position-x", "Recorded", "{\"position\": 1}");
        write(category + ":command+position-x", "Recorded", "{\"position\": 1}");
        writeNumbers(category + "x:command-2", 3, 4);
        start(routes -> routes.from(from("")).routeId("all").process(received));
        eventually().until(() -> numbers().equals(List.of(1, 2, 3, 4)));

        context.getRouteController().stopRoute("all");
        writeNumbers(category, 5, 6);
        context.getRouteController().startRoute("all");
        eventually().until(() -> numbers().size() >= 6);

        assertThat(numbers()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(received.messages()).noneMatch(message -> stream(message).contains(":position"));
    }

    @Test
    void storing_its_position_keeps_nobody_busy() throws Exception {
        writeNumbers(category + "-1", 1, 3);
        String positions = "all:position-" + category;
        start(routes -> {
            routes.from(from("&positionUpdateTimeout=20&positionUpdateInterval=1"))
                    .process(received);
            routes.from("messagedb:$all?consumerId=other" + category + "&positionUpdateTimeout=20")
                    .to("log:other?level=TRACE");
        });
        eventually().until(() -> numbers().size() == 3);
        eventually().until(() -> hasPassed(positions) && hasPassed("all:position-other" + category));
        long before = database.messageCount();

        // Some fifty times the longest wait before a position is stored.
        await().during(Duration.ofSeconds(1)).until(() -> database.messageCount() == before);
    }

    /** Whether the stored position is at this test's messages, or at positions behind them. */
    private boolean hasPassed(String positionStream) {
        Long stored = storedPosition(positionStream);
        return stored != null
                && stored
                        >= database.number(
                                "SELECT max(global_position) FROM message_store.messages WHERE stream_name = '"
                                        + category + "-1'");
    }

    @Test
    void takes_the_types_that_were_asked_for() throws Exception {
        write(category + "-1", "A", "1");
        write(category + "-1", "B", "2");
        write(category + "-2", "A", "3");

        start(routes -> routes.from(from("&messageTypes=A")).process(received));
        eventually().until(() -> numbers().size() == 2);

        assertThat(numbers()).containsExactly(1, 3);
    }

    @Test
    void misses_nothing_of_many_writers_and_keeps_each_stream_in_order() throws Exception {
        start(routes -> routes.from(from("&concurrentConsumers=4&batchSize=50")).process(received));
        try (Writer foreign = new Writer(database.dataSource())) {
            foreign.execute("SELECT pg_advisory_lock(4711)").commit();
            Together.call(LOCKED_WRITERS + DIRECT_WRITERS, this::writeMany);
        }
        List<Long> stored = database
                .query("SELECT global_position FROM message_store.messages WHERE stream_name LIKE '" + category
                        + "%' ORDER BY global_position")
                .stream()
                .map(row -> Long.valueOf(String.valueOf(row.get(0))))
                .toList();

        eventually().until(() -> own().size() >= stored.size());

        assertThat(stored).hasSizeGreaterThan(1500);
        assertThat(own().stream()
                        .map(message -> message.getHeader(MessageDbConstants.GLOBAL_POSITION, Long.class))
                        .sorted())
                .isEqualTo(stored);
        own().stream().map(AllIT::stream).distinct().forEach(this::requireInOrder);
    }

    private void requireInOrder(String name) {
        assertThat(own().stream()
                        .filter(message -> stream(message).equals(name))
                        .map(message -> message.getHeader(MessageDbConstants.POSITION, Long.class)))
                .as(name)
                .isSorted();
    }

    /** One to three messages a transaction, of which one in five is rolled back. */
    private Void writeMany(int number) throws SQLException {
        try (Writer writer = new Writer(database.dataSource())) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                for (int j = 0; j <= i % 3; j++) {
                    if (number < LOCKED_WRITERS) {
                        writer.write(category + "c" + number % 3 + "-" + i % 7, "1");
                    } else {
                        writer.insert(category + "d-" + number, "1");
                    }
                }
                if (i % 5 == number % 5) {
                    writer.rollBack();
                } else {
                    writer.commit();
                }
            }
        }
        return null;
    }
}
