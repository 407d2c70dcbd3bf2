package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelmessagedb.store.DuplicateMessageException;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.store.VersionConflictException;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Writing single messages. */
class WriteRouteIT extends ComponentTest {

    record Deposit(String account, BigDecimal amount) {}

    private String stream = "";
    private String uri = "";

    @BeforeEach
    void startEmpty() {
        stream = category + "-1";
        uri = "messagedb:" + stream + "?messageType=Deposited";
        context.start();
    }

    private String writtenData() {
        return String.valueOf(last(stream).orElseThrow().data());
    }

    @Test
    void answers_position_and_id() {
        sent(uri, "{}");

        Exchange second = sent(uri, "{}");

        assertThat(second.getMessage().getHeaders())
                .containsEntry("CamelMessageDbWrittenPosition", 1L)
                .containsEntry(
                        "CamelMessageDbWrittenId",
                        last(stream).orElseThrow().id().toString());
        assertThat(second.getMessage().getBody()).isEqualTo("{}");
    }

    @Test
    void writes_text_as_it_is() {
        sent(uri, "{\"a\": \"ä😀\"}");

        assertThat(writtenData()).isEqualTo("{\"a\": \"ä😀\"}");
    }

    static List<Object> binaries() {
        byte[] bytes = "{\"a\": \"ä😀\"}".getBytes(StandardCharsets.UTF_8);
        return List.of(
                bytes,
                new ByteArrayInputStream(bytes),
                java.nio.ByteBuffer.wrap(bytes),
                new InputStreamCache(bytes),
                new StringReader(new String(bytes, StandardCharsets.UTF_8)),
                new ReaderCache(new String(bytes, StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void writes_bytes_and_streams_as_they_are(Object body) {
        sent(uri, body);

        assertThat(writtenData()).isEqualTo("{\"a\": \"ä😀\"}");
    }

    @Test
    void writes_files(@TempDir Path directory) throws Exception {
        Path path = Files.writeString(directory.resolve("body.json"), "{\"from\": \"file\"}");

        sent(uri, path.toFile());
        sent(uri, path);

        assertThat(stream(stream))
                .extracting(StoredMessage::data)
                .containsOnly("{\"from\": \"file\"}")
                .hasSize(2);
    }

    @Test
    void writes_a_file_that_camel_read(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("body.json"), "{\"from\": \"file\"}");

        addRoutes(routes -> routes.from("file:" + directory + "?initialDelay=0").to(uri));
        eventually().until(() -> last(stream).isPresent());

        assertThat(writtenData()).isEqualTo("{\"from\": \"file\"}");
    }

    @Test
    void a_stream_cache_can_be_written_again() {
        InputStreamCache body = new InputStreamCache("{}".getBytes(StandardCharsets.UTF_8));

        sent(uri, body);
        sent(uri, body);

        assertThat(stream(stream)).hasSize(2);
    }

    static List<Arguments> values() throws Exception {
        return List.of(
                Arguments.of(Map.of("a", List.of(1)), "{\"a\": [1]}"),
                Arguments.of(new Deposit("x", new BigDecimal("1.10")), "{\"amount\": 1.10, \"account\": \"x\"}"),
                Arguments.of(new ObjectMapper().readTree("[1, {\"a\": null}]"), "[1, {\"a\": null}]"),
                Arguments.of(7, "7"),
                Arguments.of(true, "true"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void turns_other_values_into_json(Object body, String json) {
        sent(uri, body);

        assertThat(writtenData()).isEqualTo(json);
    }

    @Test
    void takes_stream_type_id_metadata_and_version_from_headers() {
        UUID id = UUID.randomUUID();

        sent(
                "messagedb:elsewhere?messageType=Other&expectedVersion=7",
                "{}",
                "CamelMessageDbOverrideStreamName",
                stream,
                "CamelMessageDbOverrideMessageType",
                "Deposited",
                "CamelMessageDbOverrideMessageId",
                id.toString(),
                "CamelMessageDbOverrideMetadata",
                Map.of("tenant", "blue"),
                "CamelMessageDbExpectedVersion",
                "-1");

        StoredMessage written = last(stream).orElseThrow();
        assertThat(written.type()).isEqualTo("Deposited");
        assertThat(written.id()).isEqualTo(id);
        assertThat(written.metadata()).isEqualTo("{\"tenant\": \"blue\"}");
    }

    @Test
    void takes_metadata_as_json_text() {
        sent(uri, "{}", "CamelMessageDbOverrideMetadata", "{\"a\": 1}");

        assertThat(last(stream).orElseThrow().metadata()).isEqualTo("{\"a\": 1}");
    }

    @Test
    void writes_no_metadata_where_there_is_none() {
        sent(uri, "{}", "authorization", "secret");

        assertThat(last(stream).orElseThrow().metadata()).isNull();
    }

    @Test
    void steering_headers_are_gone_after_success_and_others_stay() {
        Exchange exchange = sent(
                "messagedb:elsewhere",
                "{}",
                "CamelMessageDbOperation",
                "write",
                "CamelMessageDbOverrideStreamName",
                stream,
                "CamelMessageDbOverrideMessageType",
                "A",
                "CamelMessageDbOverrideMessageId",
                UUID.randomUUID(),
                "CamelMessageDbOverrideMetadata",
                "{}",
                "CamelMessageDbExpectedVersion",
                -1,
                "CamelMessageDbReadPosition",
                0,
                "mine",
                1);

        assertThat(exchange.getMessage().getHeaders())
                .containsOnlyKeys("mine", "CamelMessageDbWrittenPosition", "CamelMessageDbWrittenId");
    }

    @Test
    void steering_headers_stay_after_a_failure() {
        Exchange exchange =
                send(uri, "{}", "CamelMessageDbExpectedVersion", 5, "CamelMessageDbOverrideMessageType", "A");

        assertThat(exchange.getException()).isInstanceOf(VersionConflictException.class);
        assertThat(exchange.getMessage().getHeaders())
                .containsOnlyKeys("CamelMessageDbExpectedVersion", "CamelMessageDbOverrideMessageType");
    }

    @Test
    void a_redelivered_exchange_is_written_as_it_was_steered() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        addRoutes(routes -> routes.from("direct:retry")
                .onException(VersionConflictException.class)
                .maximumRedeliveries(3)
                .redeliveryDelay(0)
                .onRedelivery(exchange -> {
                    if (attempts.incrementAndGet() == 2) {
                        writeNumbers(stream, 0, 0);
                    }
                })
                .end()
                .to(uri));

        Exchange exchange = sent(
                "direct:retry",
                new ByteArrayInputStream("[5]".getBytes(StandardCharsets.UTF_8)),
                "CamelMessageDbExpectedVersion",
                0);

        assertThat(attempts).hasValue(2);
        assertThat(exchange.getMessage().getHeader("CamelMessageDbWrittenPosition"))
                .isEqualTo(1L);
        assertThat(writtenData()).isEqualTo("[5]");
    }

    @Test
    void a_version_conflict_is_caught_with_its_fields() throws Exception {
        addRoutes(routes -> routes.from("direct:conflict")
                .onException(VersionConflictException.class)
                .handled(true)
                .process(exchange -> exchange.getMessage().setBody(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)))
                .end()
                .to(uri + "&expectedVersion=3"));
        writeNumbers(stream, 1, 2);

        VersionConflictException conflict =
                sent("direct:conflict", "{}").getMessage().getBody(VersionConflictException.class);

        assertThat(conflict.stream()).isEqualTo(StreamName.of(stream));
        assertThat(conflict.expected()).isEqualTo(ExpectedVersion.of(3));
        assertThat(conflict.actual()).hasValue(1);
        assertThat(stream(stream)).hasSize(2);
    }

    @Test
    void a_duplicate_is_caught_with_its_fields() throws Exception {
        UUID id = UUID.randomUUID();
        sent("messagedb:" + category + "-other?messageType=A", "{}", "CamelMessageDbOverrideMessageId", id);
        addRoutes(routes -> routes.from("direct:duplicate")
                .onException(DuplicateMessageException.class)
                .handled(true)
                .process(exchange -> exchange.getMessage().setBody(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)))
                .end()
                .to(uri));

        DuplicateMessageException duplicate = sent("direct:duplicate", "{}", "CamelMessageDbOverrideMessageId", id)
                .getMessage()
                .getBody(DuplicateMessageException.class);

        assertThat(duplicate.id()).isEqualTo(id);
        assertThat(duplicate.existingStream()).contains(StreamName.of(category + "-other"));
        assertThat(duplicate.existingType()).contains("A");
        assertThat(duplicate.existingPosition()).hasValue(0);
        assertThat(last(stream)).isEmpty();
    }

    @Test
    void writing_again_with_the_same_id_writes_once_and_answers_the_same() {
        UUID id = UUID.randomUUID();

        Exchange first = sent(uri, "{}", "CamelMessageDbOverrideMessageId", id);
        sent(uri, "{}");
        Exchange again = sent(uri, "{}", "CamelMessageDbOverrideMessageId", id);

        assertThat(again.getMessage().getHeaders()).isEqualTo(first.getMessage().getHeaders());
        assertThat(stream(stream)).hasSize(2);
    }

    @Test
    void an_id_expression_makes_writing_idempotent() {
        String idempotent = uri + "&idExpression=${header.key}";

        Exchange first = sent(idempotent, "1", "key", "k1");
        Exchange again = sent(idempotent, "1", "key", "k1");
        sent(idempotent, "2", "key", "k2");

        assertThat(again.getMessage().getHeaders()).isEqualTo(first.getMessage().getHeaders());
        assertThat(stream(stream)).extracting(StoredMessage::data).containsExactly("1", "2");
        assertThat(stream(stream).get(0).id()).isEqualTo(UUID.fromString("19cff8d2-86e8-512d-9046-69ce71dfa4d2"));
    }

    @Test
    void an_id_header_goes_before_the_id_expression() {
        UUID id = UUID.randomUUID();

        sent(uri + "&idExpression=${header.key}", "1", "key", "k1", "CamelMessageDbOverrideMessageId", id);

        assertThat(last(stream).orElseThrow().id()).isEqualTo(id);
    }

    @Test
    void a_route_from_one_category_to_another_never_writes_back() throws Exception {
        String target = category + "copy-1";
        write(stream, "Deposited", "1");
        addRoutes(routes -> routes.from("messagedb:" + category).to("messagedb:" + target + "?messageType=Copied"));

        eventually().until(() -> last(target).isPresent());
        context.stop();

        assertThat(last(target).orElseThrow().type()).isEqualTo("Copied");
        assertThat(stream(stream)).hasSize(1);
    }

    static List<Arguments> mistakes() {
        return List.of(
                mistake("header CamelMessageDbOperation", "{}", "CamelMessageDbOperation", "append"),
                mistake("header CamelMessageDbOperation", "{}", "CamelMessageDbOperation", 5),
                mistake("header CamelMessageDbOverrideStreamName", "{}", "CamelMessageDbOverrideStreamName", 5),
                mistake("header CamelMessageDbOverrideStreamName", "{}", "CamelMessageDbOverrideStreamName", "-5"),
                mistake("header CamelMessageDbOverrideStreamName", "{}", "CamelMessageDbOverrideStreamName", "a-\0"),
                mistake("header CamelMessageDbOverrideMessageType", "{}", "CamelMessageDbOverrideMessageType", 5),
                mistake("header CamelMessageDbOverrideMessageType", "{}", "CamelMessageDbOverrideMessageType", ""),
                mistake("header CamelMessageDbOverrideMessageId", "{}", "CamelMessageDbOverrideMessageId", "1-1-1-1-1"),
                mistake("header CamelMessageDbOverrideMessageId", "{}", "CamelMessageDbOverrideMessageId", 5),
                mistake("header CamelMessageDbOverrideMetadata", "{}", "CamelMessageDbOverrideMetadata", "[]"),
                mistake("header CamelMessageDbOverrideMetadata", "{}", "CamelMessageDbOverrideMetadata", "{"),
                mistake("header CamelMessageDbOverrideMetadata", "{}", "CamelMessageDbOverrideMetadata", 5),
                mistake("header CamelMessageDbExpectedVersion", "{}", "CamelMessageDbExpectedVersion", "x"),
                mistake("header CamelMessageDbExpectedVersion", "{}", "CamelMessageDbExpectedVersion", -2),
                mistake("header CamelMessageDbExpectedVersion", "{}", "CamelMessageDbExpectedVersion", 1.5),
                mistake("body is null", null, "x", 1),
                mistake("empty", "", "x", 1),
                mistake("not valid JSON", "{", "x", 1),
                mistake("more than one JSON value", "1 2", "x", 1),
                mistake("not UTF-8", new byte[] {(byte) 0xff}, "x", 1),
                mistake("cannot be turned into JSON", new Object(), "x", 1));
    }

    private static Arguments mistake(String named, @Nullable Object body, String header, Object value) {
        return Arguments.of(named, body, header, value);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_named_and_nothing_is_written(String named, @Nullable Object body, String header, Object value) {
        Exchange exchange = send(uri, body, header, value);

        assertThat(exchange.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
        assertThat(categoryMessages(category)).isEmpty();
    }

    @Test
    void a_missing_type_is_told_with_option_and_header() {
        Exchange exchange = send("messagedb:" + stream, "{}");

        assertThat(exchange.getException())
                .hasMessageContaining("option messageType")
                .hasMessageContaining("CamelMessageDbOverrideMessageType");
    }

    @Test
    void an_id_expression_that_gives_nothing_is_told() {
        Exchange exchange = send(uri + "&idExpression=${header.absent}", "{}");

        assertThat(exchange.getException()).hasMessageContaining("idExpression '${header.absent}'");
        assertThat(last(stream)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "operation=append, ': it must be one of write'",
        "follow=perhaps, ' on bean'",
        "expectedVersion=x, ' ''x'': it must be'",
        "expectedVersion=-2, )",
        "position=5s, ' ''5s'': it must be'",
        "batchSize=0, ' 0: it must be'",
        "'messageTypes=a,,b', =Deposited",
        "consumerGroupSize=3, )",
        "consumerGroupMember=x, ' ''x'': it must be'",
        "correlation=a-1, ' ''a-1'': it must be'",
    })
    void a_bad_option_is_told_when_the_endpoint_is_made(String option, String named) {
        assertThatThrownBy(() -> send("messagedb:" + stream + "?" + option, "{}"))
                .hasStackTraceContaining(option.substring(0, option.indexOf('=')) + named);
    }

    @Test
    void all_streams_are_not_written_to() {
        assertThat(send("messagedb:$all?messageType=A", "{}").getException())
                .hasMessageContaining("$all stands for everything");
        assertThat(send("messagedb:$all?messageType=A", List.of("{}")).getException())
                .hasMessageContaining("$all stands for everything");
    }
}
