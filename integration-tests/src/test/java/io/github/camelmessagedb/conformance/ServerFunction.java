package io.github.camelmessagedb.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** A function of Message DB and what to call it with. */
record ServerFunction(String name, List<Parameter> parameters) {

    /** @param optional whether it has a default, and so may be left out */
    record Parameter(String name, String type, Arbitrary<@Nullable String> values, boolean optional) {}

    private record Argument(Parameter parameter, @Nullable String value) {

        String named() {
            return parameter.name + " => " + positional();
        }

        String positional() {
            return "?::" + parameter.type;
        }
    }

    static ServerFunction of(String name, Parameter... parameters) {
        return new ServerFunction(name, List.of(parameters));
    }

    static Parameter required(String name, String type, Arbitrary<@Nullable String> values) {
        return new Parameter(name, type, values, false);
    }

    static Parameter optional(String name, String type, Arbitrary<@Nullable String> values) {
        return new Parameter(name, type, values, true);
    }

    /** Calls by name and by position, with all, some and none of the optional arguments. */
    Arbitrary<Query> calls() {
        List<Arbitrary<Optional<Argument>>> arguments =
                parameters.stream().map(ServerFunction::argument).toList();
        return Combinators.combine(
                        Combinators.combine(arguments).as(given -> given),
                        Arbitraries.of(true, true, false),
                        Arbitraries.of("", "message_store."))
                .as(this::call);
    }

    private static Arbitrary<Optional<Argument>> argument(Parameter parameter) {
        Arbitrary<Optional<Argument>> given =
                parameter.values.map(value -> Optional.of(new Argument(parameter, value)));
        return parameter.optional
                ? Arbitraries.frequencyOf(Tuple.of(3, given), Tuple.of(2, Arbitraries.just(Optional.empty())))
                : given;
    }

    private Query call(List<Optional<Argument>> arguments, boolean byName, String schema) {
        List<Argument> given = new ArrayList<>();
        for (Optional<Argument> argument : arguments) {
            if (argument.isEmpty() && !byName) {
                break;
            }
            argument.ifPresent(given::add);
        }
        String list = given.stream()
                .map(argument -> byName ? argument.named() : argument.positional())
                .collect(Collectors.joining(", "));
        List<@Nullable String> values = new ArrayList<>();
        given.forEach(argument -> values.add(argument.value));
        return new Query("SELECT * FROM " + schema + name + "(" + list + ")", values);
    }
}
