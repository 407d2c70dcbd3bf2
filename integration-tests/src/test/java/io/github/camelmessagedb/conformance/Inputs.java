package io.github.camelmessagedb.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What clients may send, sensible or not. */
final class Inputs {

    private static final String[] LETTERS = {
        "a", "b", "Z", "0", "1", "-", "-", "+", ":", ".", "_", "$", "%", "%s", "/", " ", "\t", "\n", "'", "''", "\"",
        "\\", "\\'", "é", "ß", "日本", "😀", "e\u0301", "\u00a0", "\u200f", "\ufffd", "$1", "--", "/*", "{", "}", ";",
        "null"
    };

    private Inputs() {}

    /** Streams, categories and what is neither. */
    static Arbitrary<@Nullable String> names() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                6,
                                Arbitraries.of("a-1", "a-2", "a-1+x", "a", "a:command-1", "b-1", "-", "-1", "a-", "b")),
                        Tuple.of(
                                3,
                                Arbitraries.of(
                                        "",
                                        "--",
                                        "+",
                                        "a-+",
                                        "a-+x",
                                        "a-x+",
                                        "a-1+2+3",
                                        "a+b-1+2",
                                        "a:b+c-1",
                                        "a-1-2",
                                        "-+",
                                        "+-",
                                        ":",
                                        "a: -1",
                                        "account:command+position-c1+0-3",
                                        "$all")),
                        Tuple.of(
                                1,
                                Arbitraries.of("x", "a-", "-a", "a-b+", "é-")
                                        .map(part -> part.repeat(10_000 / part.length()))),
                        Tuple.of(5, strange()))
                .injectNull(0.04);
    }

    private static Arbitrary<String> strange() {
        return Arbitraries.oneOf(
                Arbitraries.of(LETTERS).list().ofMaxSize(8).map(letters -> String.join("", letters)),
                Arbitraries.strings()
                        .ofMaxLength(12)
                        .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c))));
    }

    static Arbitrary<@Nullable String> types() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of("T0", "T1", "T2")),
                        Tuple.of(1, Arbitraries.of("", "t1", "T1 ", "x".repeat(10_000))),
                        Tuple.of(2, strange()))
                .injectNull(0.1);
    }

    /** Positions, sizes, members, versions. */
    static Arbitrary<@Nullable String> numbers(int greatest) {
        return Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.integers().between(-3, greatest).map(String::valueOf)),
                        Tuple.of(
                                2,
                                Arbitraries.of(
                                        "-1",
                                        "0",
                                        "1",
                                        "-2147483648",
                                        "2147483647",
                                        "2147483648",
                                        "32767",
                                        "32768",
                                        "-32768",
                                        "-32769",
                                        "9223372036854775807",
                                        "-9223372036854775808",
                                        "9223372036854775806")),
                        Tuple.of(1, Arbitraries.longs().map(String::valueOf)))
                .injectNull(0.1);
    }

    static Arbitrary<@Nullable String> json() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                4,
                                Arbitraries.of(
                                        "{}", "[]", "{\"correlationStreamName\": \"b-1\"}", "{\"b\": 1, \"a\": [2]}")),
                        Tuple.of(
                                4,
                                Arbitraries.of(
                                        "null",
                                        "true",
                                        "\"\"",
                                        "1",
                                        "-0.0",
                                        "1e400",
                                        "1E-7",
                                        "12345678901234567890.120",
                                        "{\"a\": 1, \"a\": 2}",
                                        "{\"correlationStreamName\": null}",
                                        "{\"correlationStreamName\": 5}",
                                        "{\"correlationStreamName\": [\"b-1\"]}",
                                        "{\"\": \"\\u00e9\\ud83d\\ude00 日本\"}",
                                        "\"\\u0000\"",
                                        "\"\\ud800\"",
                                        "\"\u0001\"",
                                        "",
                                        "{",
                                        "nul",
                                        "'x'",
                                        "{\"a\": NaN}",
                                        " { } ",
                                        "{}{}",
                                        "[".repeat(1_000) + "]".repeat(1_000),
                                        "\"" + "x".repeat(10_000) + "\"")),
                        Tuple.of(1, strange().map(text -> '"' + text + '"')))
                .injectNull(0.1);
    }

    static Arbitrary<@Nullable String> ids() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                8,
                                Arbitraries.longs().map(number -> new java.util.UUID(number, number * 31).toString())),
                        Tuple.of(
                                2,
                                Arbitraries.of(
                                        // The first message of the example, and one that a session may write twice.
                                        "c4ca4238-a0b9-2382-0dcc-509a6f75849b",
                                        "00000000-0000-0000-0000-000000000000",
                                        "{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}",
                                        "a0eebc999c0b4ef8bb6d6bb9bd380a11",
                                        "",
                                        " 00000000-0000-0000-0000-000000000000",
                                        "00000000-0000-0000-0000-00000000000",
                                        "é")))
                .injectNull(0.03);
    }

    /** SQL, right and wrong. */
    static Arbitrary<@Nullable String> conditions() {
        return Arbitraries.of(
                        "true",
                        "false",
                        "null",
                        "type = 'T1'",
                        "messages.position > 1",
                        "data->>'n' = '7'",
                        "metadata IS NULL",
                        "true) or (true",
                        "true --",
                        "true) --",
                        "true) -- \n",
                        "/* ",
                        "",
                        " ",
                        ")",
                        "%s",
                        "'%' <> '%s'",
                        "%I",
                        "%",
                        "type = 'T1",
                        "$1 = 'a-1'",
                        "$1 = 'a'",
                        "$2 < 5",
                        "$3 > 5",
                        "$4 = 'b'",
                        "$5 = 0",
                        "$6 < 4",
                        "$7 = 1",
                        "1 / (position - 2) < 1",
                        "nothing = 1",
                        "1",
                        "position = 1; SELECT 1",
                        "true ORDER BY position",
                        "id IN (SELECT id FROM messages WHERE type = 'T2')",
                        "current_setting('message_store.sql_condition', true) = 'on'")
                .injectNull(0.2);
    }

    /** Of Message DB; often none. */
    static Arbitrary<Map<String, String>> settings() {
        Arbitrary<String> values = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just("on")),
                Tuple.of(2, Arbitraries.just("off")),
                Tuple.of(2, Arbitraries.of("", "ON", "On", "true", "1", "o", "onn", " on")),
                Tuple.of(4, Arbitraries.just("unset")));
        Arbitrary<Map<String, String>> some =
                Combinators.combine(List.of(values, values, values, values)).as(Inputs::settings);
        return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(Map.of())), Tuple.of(3, some));
    }

    private static Map<String, String> settings(List<String> values) {
        Map<String, String> settings = new HashMap<>();
        settings.put("message_store.sql_condition", values.get(0));
        settings.put("message_store.debug_get", values.get(1));
        settings.put("message_store.debug_write", values.get(2));
        settings.put("message_store.debug", values.get(3));
        settings.values().removeIf("unset"::equals);
        return settings;
    }
}
