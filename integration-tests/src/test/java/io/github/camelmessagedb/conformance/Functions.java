package io.github.camelmessagedb.conformance;

import static io.github.camelmessagedb.conformance.Inputs.conditions;
import static io.github.camelmessagedb.conformance.Inputs.ids;
import static io.github.camelmessagedb.conformance.Inputs.json;
import static io.github.camelmessagedb.conformance.Inputs.names;
import static io.github.camelmessagedb.conformance.Inputs.numbers;
import static io.github.camelmessagedb.conformance.Inputs.types;
import static io.github.camelmessagedb.conformance.ServerFunction.optional;
import static io.github.camelmessagedb.conformance.ServerFunction.required;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** All functions of Message DB, and sessions that call them. */
final class Functions {

    static final List<String> NAMES = List.of(
            "category", "is_category", "id", "cardinal_id", "hash_64", "stream_version", "message_store_version");

    static final List<String> READS =
            List.of("get_stream_messages", "get_category_messages", "get_last_stream_message");

    static final List<String> WRITES = List.of("acquire_lock", "write_message");

    private Functions() {}

    static Arbitrary<Session> sessions(String function) {
        Arbitrary<Query> calls = function(function).calls();
        return WRITES.contains(function)
                ? Combinators.combine(
                                Inputs.settings(), calls.list().ofMinSize(1).ofMaxSize(4))
                        .as(Session::write)
                : Combinators.combine(Inputs.settings(), calls).as(Session::read);
    }

    private static ServerFunction function(String name) {
        return switch (name) {
            case "message_store_version" -> ServerFunction.of(name);
            case "hash_64" -> ServerFunction.of(name, required("value", "varchar", names()));
            case "get_stream_messages" -> getStreamMessages(name);
            case "get_category_messages" -> getCategoryMessages(name);
            case "get_last_stream_message" ->
                ServerFunction.of(
                        name, required("stream_name", "varchar", names()), optional("type", "varchar", types()));
            case "write_message" -> writeMessage(name);
            default -> ServerFunction.of(name, required("stream_name", "varchar", names()));
        };
    }

    private static ServerFunction getStreamMessages(String name) {
        return ServerFunction.of(
                name,
                required("stream_name", "varchar", names()),
                optional("position", "bigint", numbers(8)),
                optional("batch_size", "bigint", numbers(12)),
                optional("condition", "varchar", conditions()));
    }

    private static ServerFunction getCategoryMessages(String name) {
        return ServerFunction.of(
                name,
                required("category", "varchar", often(names(), "a", "b")),
                optional("position", "bigint", numbers(150)),
                optional("batch_size", "bigint", numbers(12)),
                optional("correlation", "varchar", often(names(), "a", "b")),
                optional("consumer_group_member", "bigint", often(numbers(4), "0", "1", "2")),
                optional("consumer_group_size", "bigint", often(numbers(4), "2", "3", "2")),
                optional("condition", "varchar", conditions()));
    }

    private static ServerFunction writeMessage(String name) {
        return ServerFunction.of(
                name,
                required("id", "varchar", ids()),
                required("stream_name", "varchar", often(names(), "a-1", "n-1")),
                required("type", "varchar", types()),
                required("data", "jsonb", json()),
                optional("metadata", "jsonb", json()),
                optional("expected_version", "bigint", numbers(12)));
    }

    private static Arbitrary<@Nullable String> often(Arbitrary<@Nullable String> any, String... these) {
        return Arbitraries.frequencyOf(Tuple.of(1, any), Tuple.of(1, Arbitraries.of(these)));
    }

    static Arbitrary<Session> sessions(List<String> functions) {
        return Arbitraries.oneOf(functions.stream().map(Functions::sessions).toList());
    }
}
