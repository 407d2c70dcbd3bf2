package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelmessagedb.store.MessageLocation;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody gets wrong in a route who is new to this: the first line of each answer names the option, header or value
 * that is wrong, and says what to type instead.
 */
class NewcomerIT extends ComponentTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            account?consumerGruopMember=0                       | Unknown option consumerGruopMember           | did you mean consumerGroupMember?
            account?membersOfTheGroup=3                         | Unknown option membersOfTheGroup             | messagedb has none like it
            account?consumerGroupMember=0                       | member 0 is given without the group's size   | consumerGroupSize
            account?consumerGroupSize=3                         | size 3 is given without a member             | consumerGroupMember
            account?consumerGroupMember=3&consumerGroupSize=3   | Bad consumer group member 3                  | from 0 to size - 1, which is 2
            account?consumerGroupMember=one&consumerGroupSize=3 | Bad consumerGroupMember 'one'                | a whole number
            account-1?consumerGroupMember=0&consumerGroupSize=3 | The stream 'account-1' cannot be read        | Its category is 'account': read that
            $all?consumerGroupMember=0&consumerGroupSize=2      | Everything ($all) cannot be read by a        | streams of a category
            account?startPosition=start                         | 'start'                                      | beginning, end, a position such as 1, or a time with an offset, such as 2026-01-31T08:00:00Z (option startPosition)
            account?seekTo=2026-31-01                           | '2026-31-01'                                 | such as 2026-01-31T08:00:00Z (option seekTo)
            account?consumerId=RAW(a+b)                         | Bad consumer id 'a+b'                        | Use another sign, such as _ (option consumerId)
            account?consumerId=a+b                              | Bad consumer id 'a b'                        | a + stands for a blank) (option consumerId)
            account?consumerId=                                 | Bad consumer id ''                           | or leave the consumer id out (option consumerId)
            account?messageTypes=A,,B                           | message type is empty                        | messageTypes=Deposited,Withdrawn
            account?correlation=account-1                       | Bad correlation 'account-1'                  | must be a category
            account?condition=                                  | condition is empty                           | option condition
            account?failurePolicy=ignore                        | Bad failurePolicy 'ignore'                   | one of retry, stop, skip
            account?positionStore=table                         | Bad positionStore 'table'                    | stream, memory, or a bean, such as #bean:positions
            account?batchSize=0                                 | Bad batchSize 0                              | at least 1
            account?batchSize=many                              | Bad batchSize 'many'                         | a whole number
            account?pollInterval=soon                           | Bad pollInterval 'soon'                      | a duration, such as 500 (milliseconds), 5s or 1m
            account?retryDelay=PT                               | Bad retryDelay 'PT'                          | a duration
            account?operation=readCategory                      | operation=readCategory is for producers      | Leave it out
            account?dataSource=ledger                           | Bad dataSource 'ledger'                      | dataSource=#bean:ledger
            -123                                                | Bad stream name '-123'                       | Write category-id, or category alone
            """)
    void a_consumer_that_cannot_be(String endpoint, String wrong, String remedy) {
        Throwable answer = catchThrowable(
                () -> start(routes -> routes.from("messagedb:" + endpoint).to("log:x?level=OFF")));

        assertThat(firstLine(answer)).contains(wrong, remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            account-1?messageTpye=A                          | Unknown option messageTpye                | did you mean messageType?
            account-1?messageType=A&operation=append         | Bad operation 'append'                    | one of write, readStream,
            account-1?messageType=A&expectedVersion=latest   | Bad expectedVersion 'latest'              | a whole number
            account-1?messageType=A&expectedVersion=-2       | Bad expected version -2                   | or -1 for a stream that must not exist (option expectedVersion)
            account-1?messageType=A&idExpression=            | idExpression ''                           | gave nothing
            account-1?messageType=A&idExpression=--          | idExpression '--'                         | gave nothing for this exchange but '--'
            account-1?messageType=A&idExpression=${header.topic}-${header.ofset} | idExpression '${header.topic}-${header.ofset}' | gave nothing
            account-1?messageType=A&idExpression=payment-${header.ofset} | its ${header.ofset} gave nothing | Where it may be absent, set it before
            account-1                                        | No message type                           | messageType=Deposited, or the header CamelMessageDbOverrideMessageType
            account-1?messageType=                           | No message type                           | messageType=Deposited, or the header CamelMessageDbOverrideMessageType
            account-?messageType=A                           | no id after the hyphen                    | Write 'account-123', or 'account'
            $all?messageType=A                               | $all stands for everything                | Give the name of a stream
            account?operation=readStream                     | 'account': it is the name of a category   | operation readCategory
            account-1?operation=readCategory                 | Bad category 'account-1'                  | Its category is 'account'
            account?operation=readAll                        | as 'account'                              | its name is $all
            account?operation=readCategory&position=first    | Bad position 'first'                      | a whole number
            account?operation=readCategory&condition=true    | SQL condition is not activated            | SET message_store.sql_condition = on
            account?operation=readCategory&sql=nonsense      | sql of its own                            | syntax error
            """)
    void a_producer_that_cannot_be(String endpoint, String wrong, String remedy) {
        context.start();

        assertThat(firstLine(answer(endpoint, "{}", Map.of()))).contains(wrong, remedy);
    }

    static Stream<Arguments> wrongMessages() {
        return Stream.of(
                wrong("Hello", Map.of(), "not valid JSON", "put it in quotes"),
                wrong("", Map.of(), "is empty", "it must be JSON"),
                wrong(null, Map.of(), "The body is null", "give JSON, such as {}"),
                wrong(new Object(), Map.of(), "of type java.lang.Object", "give a text that is JSON, or a Map, a List"),
                wrong(
                        Map.of("at", Instant.EPOCH),
                        Map.of(),
                        "date/time type `java.time.Instant`",
                        "properties that can"),
                wrong(List.of(Map.of("amount", 1)), Map.of(), "this one has [amount]", "wrap it: {data: ...}"),
                wrong(
                        List.of(NewMessage.of("a-1", "A", "1"), NewMessage.of("a-2", "A", "2")),
                        Map.of("CamelMessageDbExpectedVersion", 3),
                        "The expected version 3 is for one stream",
                        "give it to the first element of its stream, as the header CamelMessageDbExpectedVersion"),
                wrongHeader("ExpectedVersion", "latest", "a whole number"),
                wrongHeader("ExpectedVersion", 1.5, "of type java.lang.Double", "a whole number"),
                wrongHeader("ExpectedVersion", -2, "-1 for a stream that must not exist"),
                wrongHeader("OverrideMessageType", "", "a type such as Deposited"),
                wrongHeader("OverrideMessageId", 42L, "of type java.lang.Long", "a UUID"),
                wrongHeader("OverrideMessageId", "42", "Bad UUID '42'", "it must look like 6f1c1ad4-"),
                wrongHeader("OverrideMetadata", "x", "a map, or the JSON text of an object"),
                wrongHeader("OverrideStreamName", 42, "of type java.lang.Integer", "a String"),
                wrongHeader("OverrideStreamName", "-1", "Write category-id"),
                wrongHeader("Operation", "append", "Bad operation 'append'", "one of write, readStream,"));
    }

    private static Arguments wrong(@Nullable Object body, Map<String, Object> headers, String... words) {
        return Arguments.of(body, headers, List.of(words));
    }

    private static Arguments wrongHeader(String header, Object value, String... words) {
        String name = MessageDbConstants.PREFIX + header;
        return Arguments.of(
                "{}",
                Map.of(name, value),
                Stream.concat(Stream.of(name), Stream.of(words)).toList());
    }

    @ParameterizedTest
    @MethodSource("wrongMessages")
    void a_message_that_cannot_be(@Nullable Object body, Map<String, Object> headers, List<String> words) {
        context.start();

        assertThat(firstLine(answer("account-1?messageType=A", body, headers))).contains(words);
    }

    @Test
    void a_dynamic_endpoint_whose_expression_is_empty() throws Exception {
        start(routes -> {
            routes.from("direct:id").toD("messagedb:" + category + "-${header.absent}?messageType=A");
            routes.from("direct:name").toD("messagedb:${header.absent}?messageType=A");
        });

        assertThat(firstLine(send("direct:id", "{}").getException()))
                .contains("'" + category + "-'", "an expression such as ${header.id} is empty");
        assertThat(firstLine(send("direct:name", "{}").getException()))
                .contains("No name in 'messagedb:", "messagedb:account-123");
        assertThat(categoryMessages(category)).isEmpty();
    }

    @Test
    void an_element_of_a_batch_without_an_id_of_its_stream() {
        context.start();

        assertThat(firstLine(answer(category, List.of(NewMessage.of(category + "-", "A", "1")), Map.of())))
                .contains("Element 0 of the batch", "'" + category + "-'");
    }

    @Test
    void a_consumer_of_one_type_is_told_which_option_that_is() throws Exception {
        try (Logs logs = Logs.of(MessageDbEndpoint.class)) {
            start(routes -> routes.from("messagedb:" + category + "?messageType=Deposited")
                    .to("log:x?level=OFF"));

            assertThat(logs.all())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("messageType=Deposited is for producers", "write messageTypes=Deposited");
        }
    }

    @Test
    void options_of_consumers_are_told_where_they_are_polled_and_once() throws Exception {
        context.getComponent("messagedb", MessageDbComponent.class)
                .getConfiguration()
                .setMaxRetryDelay(70_000);
        try (Logs logs = Logs.of(MessageDbEndpoint.class)) {
            start(routes -> routes.from("direct:poll")
                    .pollEnrich()
                    .constant("messagedb:" + category + "?consumerId=x&concurrentConsumers=4&failurePolicy=skip")
                    .timeout(0)
                    .cacheSize(-1)
                    .end());
            sent("direct:poll", null);
            sent("direct:poll", null);

            assertThat(logs.all())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains(category, "concurrentConsumers, failurePolicy are for consumers");
        }
    }

    @Test
    void two_messages_with_one_id_are_told_with_the_expression_that_gives_it() {
        context.start();
        String uri = "messagedb:" + category + "-1?messageType=Paid&idExpression=payment-${header.day}";
        try (Logs logs = Logs.of(SharedIds.class)) {
            sent(uri, "{\"amount\": 1}", "day", "monday");
            sent(uri, "{\"amount\":1}", "day", "monday");
            assertThat(logs.all()).isEmpty();

            sent(uri, "{\"amount\": 2}", "day", "monday");
            sent(uri, "{\"amount\": 3}", "day", "monday");

            assertThat(logs.all())
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("'" + category + "-1' has one at position 0", "idExpression 'payment-${header.day}'")
                    .doesNotContain("amount");
        }
        assertThat(stream(category + "-1")).hasSize(1);
    }

    @Test
    void messages_with_ids_that_are_taken_are_told_once_a_minute() {
        SharedIds ids = new SharedIds("account-1", null);
        MessageLocation there = new MessageLocation(UUID.randomUUID(), StreamName.of("account-1"), "Paid", 7, 77);
        try (Logs logs = Logs.of(SharedIds.class)) {
            LongStream.of(5, 6, 7).map(TimeUnit.SECONDS::toNanos).forEach(now -> ids.accept(there, now));
            ids.accept(there, TimeUnit.SECONDS.toNanos(66));

            assertThat(logs.all()).hasSize(2);
            assertThat(logs.all().get(0)).contains("(1 such messages").contains("CamelMessageDbOverrideMessageId");
            assertThat(logs.all().get(1)).contains("(3 such messages");
        }
    }

    private Throwable answer(String endpoint, @Nullable Object body, Map<String, Object> headers) {
        return catchThrowable(() -> {
            Exchange exchange = template.request("messagedb:" + endpoint, it -> {
                it.getMessage().setBody(body);
                it.getMessage().setHeaders(new java.util.HashMap<>(headers));
            });
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        });
    }

    /** What is read first, without the causes below it. */
    private static String firstLine(@Nullable Throwable answer) {
        assertThat(answer).as("an answer").isNotNull();
        return String.valueOf(answer.getMessage());
    }
}
