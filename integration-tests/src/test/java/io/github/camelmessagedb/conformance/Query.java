package io.github.camelmessagedb.conformance;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query and the texts of its parameters; what type they are is for the query to say.
 */
record Query(String sql, List<@Nullable String> arguments) {

    private static final int SHOWN = 200;

    static Query of(String sql) {
        return new Query(sql, List.of());
    }

    @Override
    public String toString() {
        return sql + arguments.stream().map(Query::shown).collect(Collectors.joining(", ", " <- ", ""));
    }

    private static String shown(@Nullable String argument) {
        if (argument == null || argument.length() <= SHOWN) {
            return argument == null ? "null" : "'" + argument + "'";
        }
        return "'" + argument.substring(0, SHOWN) + "…' (" + argument.length() + " characters)";
    }
}
