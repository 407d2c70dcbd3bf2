package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.TestDatabase;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Our reads against the server's own functions, on stores of random content. */
class ReadEqualsServerIT {

    private static final int STORE_SIZE = 80;
    private static final int QUERIES = 6;
    private static final String[] CATEGORIES = {"a", "b", "a:command", "c+x", "é '%"};

    private static TestDatabase database;
    private static MessageStore store;

    @BeforeContainer
    static void open() {
        database = TestDatabase.create();
        database.execute("ALTER DATABASE " + database.name() + " SET search_path = message_store, public");
        database.execute("ALTER DATABASE " + database.name() + " SET message_store.sql_condition = on");
        store = new MessageStore(database.pool(1));
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    @Property(tries = 40, seed = "135")
    void a_category_s_rows_are_those_of_get_category_messages(
            @ForAll("stores") List<NewMessage> messages, @ForAll("categoryQueries") List<ReadQuery> queries) {
        fill(messages);
        for (ReadQuery query : queries) {
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
        }
    }

    @Property(tries = 40, seed = "136")
    void a_stream_s_rows_are_those_of_get_stream_messages(
            @ForAll("stores") List<NewMessage> messages, @ForAll("streamQueries") List<ReadQuery> queries) {
        fill(messages);
        for (ReadQuery query : queries) {
            List<List<@Nullable String>> expected = database.query(
                    "SELECT id, stream_name, type, position, global_position, data, metadata, time"
                            + " FROM get_stream_messages(?, ?, ?, ?)",
                    query.name().value(),
                    query.position(),
                    (long) query.batchSize(),
                    query.filter().condition());

            assertThat(columns(store.reader().readStream(query).messages()))
                    .as(query.toString())
                    .isEqualTo(expected);
        }
    }

    /** Message DB's own function writes no empty batch. */
    private static void fill(List<NewMessage> messages) {
        database.execute("DELETE FROM message_store.messages;"
                + " SELECT setval('message_store.messages_global_position_seq', 1, false)");
        if (!messages.isEmpty()) {
            store.writer().write(messages, Map.of());
        }
    }

    @Provide
    Arbitrary<List<NewMessage>> stores() {
        Arbitrary<@Nullable String> metadata = Arbitraries.of("a", "a-1", "b-2+x", "a:command-1", "")
                .map(name -> "{\"correlationStreamName\": \"" + name + "\"}")
                .injectNull(0.4);
        return Combinators.combine(streams(0.1), Arbitraries.of("T0", "T1", "T2"), Arbitraries.integers(), metadata)
                .as((stream, type, number, properties) -> {
                    NewMessage message = NewMessage.of(stream, type, "[" + number + "]");
                    return properties == null ? message : message.withMetadata(properties);
                })
                .list()
                .ofMaxSize(STORE_SIZE);
    }

    @Provide
    Arbitrary<List<ReadQuery>> categoryQueries() {
        Arbitrary<@Nullable ConsumerGroup> groups = Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 4))
                .as((size, member) -> new ConsumerGroup(member % size, size))
                .injectNull(0.4);
        Arbitrary<@Nullable String> correlations =
                Arbitraries.of("a", "b", "a:command", "none").injectNull(0.6);
        return Combinators.combine(
                        Arbitraries.of(CATEGORIES),
                        Arbitraries.longs().between(0, STORE_SIZE + 10),
                        batchSizes(),
                        groups,
                        correlations,
                        conditions())
                .as((category, position, batchSize, group, correlation, condition) -> new ReadQuery(
                        StreamName.of(category),
                        position,
                        batchSize,
                        new Filter(group, correlation, Set.of(), condition)))
                .list()
                .ofSize(QUERIES);
    }

    @Provide
    Arbitrary<List<ReadQuery>> streamQueries() {
        return Combinators.combine(streams(0), Arbitraries.longs().between(0, 6), batchSizes(), conditions())
                .as((stream, position, batchSize, condition) -> new ReadQuery(
                        StreamName.of(stream), position, batchSize, new Filter(null, null, Set.of(), condition)))
                .list()
                .ofSize(QUERIES);
    }

    /** Names of streams, and at this share names of categories. */
    private static Arbitrary<String> streams(double categories) {
        return Combinators.combine(
                        Arbitraries.of(CATEGORIES),
                        Arbitraries.of("-0", "-1", "-2", "-3", "-1+x", "-1+y", "-2-1", "-é 😀")
                                .injectNull(categories))
                .as((category, id) -> id == null ? category : category + id);
    }

    private static Arbitrary<Integer> batchSizes() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(1, 12)), Tuple.of(1, Arbitraries.of(-1, 1000)));
    }

    private static Arbitrary<@Nullable String> conditions() {
        return Arbitraries.of(
                        "messages.type = 'T1'", "messages.position > 1", "false", "true -- all\n", "true /* all */")
                .injectNull(0.7);
    }

    /** The server gives streams without an id to no member; ours to member 0, which then needs more room. */
    private List<List<@Nullable String>> withoutThoseOfNoMember(ReadQuery query) {
        if (query.filter().group() == null) {
            return columns(store.reader().readCategory(query).messages());
        }
        List<StoredMessage> own = store.reader().readCategory(query.withBatchSize(-1)).messages().stream()
                .filter(message -> !message.stream().isCategory())
                .toList();
        return columns(query.batchSize() < 0 ? own : own.subList(0, Math.min(own.size(), query.batchSize())));
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
                    Timestamp.valueOf(LocalDateTime.ofInstant(message.time(), ZoneOffset.UTC))
                            .toString()));
        }
        return rows;
    }
}
