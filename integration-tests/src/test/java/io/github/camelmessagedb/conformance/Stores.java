package io.github.camelmessagedb.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Random stores, and sessions that read them in every way. */
final class Stores {

    static final List<String> VIEWS = List.of(
            "stream_summary",
            "type_summary",
            "stream_type_summary",
            "type_stream_summary",
            "category_type_summary",
            "type_category_summary");

    private static final String[] CATEGORIES = {"a", "b", "a:command", "c+x", "", "é\"'%", "none"};

    private Stores() {}

    /** Stores of any size up to this one, and all views of each. */
    static Arbitrary<Session> viewed(int size) {
        return stores(size)
                .map(store ->
                        Session.read(store, VIEWS.stream().map(Stores::view).toList()));
    }

    static Query view(String view) {
        return Query.of("SELECT * FROM message_store." + view);
    }

    /** Stores of any size up to this one, and a few sensible reads of each. */
    static Arbitrary<Session> read(int size) {
        return Combinators.combine(stores(size), reads(size).list().ofSize(5)).as(Session::read);
    }

    private static Arbitrary<Store> stores(int size) {
        return messages().list().ofMaxSize(size).map(Store::new);
    }

    private static Arbitrary<Store.Message> messages() {
        return Combinators.combine(
                        streams(),
                        Arbitraries.of("T0", "T1", "", "é"),
                        data().injectNull(0.1),
                        metadata().injectNull(0.4))
                .as(Store.Message::new);
    }

    private static Arbitrary<String> streams() {
        Arbitrary<String> ids = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of("-0", "-1", "-2", "-3")),
                Tuple.of(2, Arbitraries.of("-1+x", "-1+y", "-2-1", "-", "-+", "-é 😀")),
                Tuple.of(1, Arbitraries.just("")),
                Tuple.of(1, Arbitraries.integers().between(0, 10_000).map(id -> "-" + id)));
        return Combinators.combine(Arbitraries.of(CATEGORIES).filter(name -> !name.equals("none")), ids)
                .as(String::concat);
    }

    private static Arbitrary<String> data() {
        return Arbitraries.of("{}", "[]", "1", "\"é\"", "{\"b\": [1.0, null], \"a\": {}}", "null");
    }

    private static Arbitrary<String> metadata() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, data()),
                Tuple.of(
                        3,
                        Arbitraries.of("a", "a-1", "a-", "b-2+x", "a:command-1", "-")
                                .map(name -> "{\"correlationStreamName\": \"" + name + "\"}")));
    }

    private static Arbitrary<Query> reads(int size) {
        Arbitrary<String> positions =
                Arbitraries.integers().between(0, size * 3).map(String::valueOf);
        Arbitrary<String> sizes = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(1, 12).map(String::valueOf)),
                Tuple.of(1, Arbitraries.of("-1", "0", "1000")));
        return Arbitraries.frequencyOf(
                Tuple.of(3, categoryReads(positions, sizes)),
                Tuple.of(
                        2,
                        Combinators.combine(streams(), Arbitraries.integers().between(0, 5), sizes)
                                .as((stream, position, batch) -> new Query(
                                        "SELECT * FROM get_stream_messages(?, ?::bigint, ?::bigint)",
                                        List.of(stream, String.valueOf(position), batch)))),
                Tuple.of(
                        1,
                        Combinators.combine(
                                        streams(),
                                        Arbitraries.of("T0", "T1", "").injectNull(0.4))
                                .as((stream, type) ->
                                        new Query("SELECT * FROM get_last_stream_message(?, ?)", list(stream, type)))),
                Tuple.of(1, streams().map(stream -> new Query("SELECT stream_version(?)", List.of(stream)))));
    }

    private static Arbitrary<Query> categoryReads(Arbitrary<String> positions, Arbitrary<String> sizes) {
        Arbitrary<List<@Nullable String>> groups = Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 4))
                .as((size, member) -> list(String.valueOf(member % size), String.valueOf(size)));
        return Combinators.combine(
                        Arbitraries.of(CATEGORIES),
                        positions,
                        sizes,
                        Arbitraries.of("a", "b", "none", "").injectNull(0.5),
                        Arbitraries.oneOf(groups, Arbitraries.just(list(null, null))))
                .as((category, position, batch, correlation, group) -> new Query(
                        "SELECT * FROM get_category_messages(?, ?::bigint, ?::bigint, ?, ?::bigint, ?::bigint)",
                        list(category, position, batch, correlation, group.get(0), group.get(1))));
    }

    private static List<@Nullable String> list(@Nullable String... values) {
        return new ArrayList<>(Stream.of(values).toList());
    }
}
