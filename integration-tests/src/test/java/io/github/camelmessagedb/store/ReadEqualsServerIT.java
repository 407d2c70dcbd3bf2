package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Our reads against the server's own functions, on a store of random content. */
class ReadEqualsServerIT {

    private static final int QUERIES = 150;
    private static final String[] CATEGORIES = {"a", "b", "a:command", "c+x", "none"};

    @RegisterExtension
    static final TestDatabase database = TestDatabase.extension();

    private final Random random = new Random(7);
    private final MessageReader reader = database.store().reader();

    @BeforeAll
    static void fill() {
        Random random = new Random(11);
        MessageStore store = database.store();
        for (int batch = 0; batch < 20; batch++) {
            List<NewMessage> messages = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String category = CATEGORIES[random.nextInt(4)];
                String id = random.nextInt(20) == 0 ? "" : "-" + random.nextInt(9) + (random.nextBoolean() ? "+z" : "");
                NewMessage message =
                        NewMessage.of(category + id, "T" + random.nextInt(3), "[" + random.nextInt() + "]");
                messages.add(
                        random.nextBoolean()
                                ? message
                                : message.withMetadata("{\"correlationStreamName\": \"" + CATEGORIES[random.nextInt(4)]
                                        + "-" + random.nextInt(3) + "\"}"));
            }
            store.writer().write(messages, Map.of());
        }
        database.execute("ALTER DATABASE " + database.name() + " SET search_path = message_store, public");
        database.execute("ALTER DATABASE " + database.name() + " SET message_store.sql_condition = on");
    }

    @Test
    void a_category_s_rows_are_those_of_get_category_messages() {
        int rows = 0;
        for (int i = 0; i < QUERIES; i++) {
            ReadQuery query = new ReadQuery(
                    StreamName.of(CATEGORIES[random.nextInt(CATEGORIES.length)]),
                    random.nextInt(1100),
                    random.nextInt(4) == 0 ? -1 : 1 + random.nextInt(60),
                    new Filter(group(), correlation(), java.util.Set.of(), condition()));
            Filter filter = query.filter();
            List<List<@Nullable String>> expected = database.query(
                    "SELECT id, stream_name, type, position, global_position, data, metadata, time"
                            + " FROM get_category_messages(?, ?, ?, ?, ?, ?, ?)",
                    query.name().value(),
                    query.position(),
                    (long) query.batchSize(),
                    filter.correlation(),
                    filter.group() == null ? null : (long) filter.group().member(),
                    filter.group() == null ? null : (long) filter.group().size(),
                    filter.condition());

            assertThat(withoutThoseOfNoMember(query)).as(query.toString()).isEqualTo(expected);
            rows += expected.size();
        }
        assertThat(rows).as("rows compared").isGreaterThan(QUERIES);
    }

    @Test
    void a_stream_s_rows_are_those_of_get_stream_messages() {
        int rows = 0;
        for (int i = 0; i < QUERIES; i++) {
            ReadQuery query = new ReadQuery(
                    StreamName.of(CATEGORIES[random.nextInt(4)] + "-" + random.nextInt(9)),
                    random.nextInt(20),
                    random.nextInt(4) == 0 ? -1 : 1 + random.nextInt(20),
                    new Filter(null, null, java.util.Set.of(), condition()));
            List<List<@Nullable String>> expected = database.query(
                    "SELECT id, stream_name, type, position, global_position, data, metadata, time"
                            + " FROM get_stream_messages(?, ?, ?, ?)",
                    query.name().value(),
                    query.position(),
                    (long) query.batchSize(),
                    query.filter().condition());

            assertThat(columns(reader.readStream(query).messages()))
                    .as(query.toString())
                    .isEqualTo(expected);
            rows += expected.size();
        }
        assertThat(rows).as("rows compared").isGreaterThan(QUERIES);
    }

    /** The server gives streams without an id to no member; ours to member 0, which then needs more room. */
    private List<List<@Nullable String>> withoutThoseOfNoMember(ReadQuery query) {
        if (query.filter().group() == null) {
            return columns(reader.readCategory(query).messages());
        }
        List<StoredMessage> own = reader.readCategory(query.withBatchSize(-1)).messages().stream()
                .filter(message -> !message.stream().isCategory())
                .toList();
        return columns(query.batchSize() < 0 ? own : own.subList(0, Math.min(own.size(), query.batchSize())));
    }

    private @Nullable ConsumerGroup group() {
        return random.nextBoolean() ? null : new ConsumerGroup(random.nextInt(3), 3);
    }

    private @Nullable String correlation() {
        return random.nextInt(3) > 0 ? null : CATEGORIES[random.nextInt(CATEGORIES.length)];
    }

    private @Nullable String condition() {
        return random.nextInt(4) > 0 ? null : "messages.type = 'T" + random.nextInt(4) + "'";
    }

    private static List<List<@Nullable String>> columns(List<StoredMessage> messages) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (StoredMessage message : messages) {
            rows.add(Arrays.asList(
                    message.id().toString(),
                    message.stream().value(),
                    message.type(),
                    Long.toString(message.position()),
                    Long.toString(message.globalPosition()),
                    message.data(),
                    message.metadata(),
                    java.sql.Timestamp.valueOf(
                                    java.time.LocalDateTime.ofInstant(message.time(), java.time.ZoneOffset.UTC))
                            .toString()));
        }
        return rows;
    }
}
