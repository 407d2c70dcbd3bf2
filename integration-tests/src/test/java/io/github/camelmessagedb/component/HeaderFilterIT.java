package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.NewMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What passes between headers and metadata, on every path. */
class HeaderFilterIT extends ComponentTest {

    private static final String METADATA = """
            {"CamelHttpUri": "http://evil", "cAmElFileName": "../evil", "CAMELMessageDbOverrideStreamName": "evil-1",
             "CamelMessageDbStreamName": "evil-1", "camelmessagedbOPERATION": "readStream",
             "org.apache.camel.x": "evil", "ORG.apache.Camel.Y": "evil", "CamelExecCommandExecutable": "evil",
             "allowed": "yes", "secretive": "hidden"}""";

    /** Lets everything pass that has not to do with secrets. */
    private static final HeaderFilterStrategy PERMISSIVE = new HeaderFilterStrategy() {
        @Override
        public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
            return name.startsWith("secret");
        }

        @Override
        public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
            return name.startsWith("secret");
        }
    };

    enum Path {
        CONSUMER,
        BATCHING_CONSUMER,
        READ_STREAM,
        READ_CATEGORY,
        READ_LAST_MESSAGE
    }

    static Stream<Arguments> pathsAndFilters() {
        return Stream.of(Path.values())
                .flatMap(path -> Stream.of(
                        Arguments.of(path, "", true),
                        Arguments.of(path, "&headerFilterStrategy=#bean:permissive", false)));
    }

    /** The message that comes in on a path. */
    private Message read(Path path, String filter) throws Exception {
        write(NewMessage.of(category + "-1", "A", "{}").withMetadata(METADATA));
        context.getRegistry().bind("permissive", PERMISSIVE);
        Received received = new Received();
        String from = switch (path) {
            case CONSUMER -> "messagedb:" + category + "?batchSize=5";
            case BATCHING_CONSUMER -> "messagedb:" + category + "?batching=true";
            default -> "direct:read";
        };
        String read = switch (path) {
            case READ_STREAM -> "messagedb:" + category + "-1?operation=readStream" + filter;
            case READ_CATEGORY -> "messagedb:" + category + "?operation=readCategory" + filter;
            case READ_LAST_MESSAGE -> "messagedb:" + category + "-1?operation=readLastMessage" + filter;
            default -> "log:unused?level=OFF";
        };
        start(routes -> routes.from(from.startsWith("direct") ? from : from + filter)
                .to(read)
                .process(received));
        if (from.startsWith("direct")) {
            sent("direct:read", null);
        }
        received.awaitCount(1);
        return received.first();
    }

    @ParameterizedTest
    @MethodSource("pathsAndFilters")
    void metadata_never_becomes_a_header_of_camel_s(Path path, String filter, boolean secretsPass) throws Exception {
        Message message = read(path, filter);

        assertThat(message.getHeaders().keySet().stream().map(name -> name.toLowerCase(java.util.Locale.ROOT)))
                .filteredOn(name -> name.startsWith("camel") || name.startsWith("org."))
                .containsExactlyInAnyOrder(
                        "camelmessagedbmessageid",
                        "camelmessagedbstreamname",
                        "camelmessagedbmessagetype",
                        "camelmessagedbposition",
                        "camelmessagedbglobalposition",
                        "camelmessagedbtime",
                        "camelmessagedbmetadata",
                        "camelmessagetimestamp");
        assertThat(message.getHeader("CamelMessageDbStreamName")).isEqualTo(category + "-1");
    }

    @ParameterizedTest
    @MethodSource("pathsAndFilters")
    void other_metadata_becomes_headers_as_the_strategy_has_it(Path path, String filter, boolean secretsPass)
            throws Exception {
        Message message = read(path, filter);

        assertThat(message.getHeader("allowed")).isEqualTo("yes");
        assertThat(message.getHeader("secretive")).isEqualTo(secretsPass ? "hidden" : null);
    }

    private static final Map<String, Object> HEADERS = Map.of(
            "allowed", "yes",
            "secretive", "hidden",
            "CamelHttpUri", "x",
            "cAmElFileName", "x",
            "org.apache.camel.x", "x",
            "Authorization", "x",
            "object", new Object());

    private List<String> metadataWritten(String options, boolean batch) {
        context.getRegistry().bind("permissive", PERMISSIVE);
        context.start();
        Message element = new DefaultMessage(context);
        element.setBody("{}");
        Object body = batch ? new ArrayList<>(List.of(element)) : "{}";
        List<Object> headers = new ArrayList<>();
        HEADERS.forEach((name, value) -> {
            if (batch) {
                element.setHeader(name, value);
            } else {
                headers.addAll(List.of(name, value));
            }
        });
        sent("messagedb:" + category + "-1?messageType=A" + options, body, headers.toArray());
        String metadata = stream(category + "-1").get(0).metadata();
        return metadata == null
                ? List.of()
                : Stream.of(metadata.replaceAll("[{}\"]", "").split(", "))
                        .sorted()
                        .toList();
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(booleans = {false, true})
    void no_header_becomes_metadata_by_default(boolean batch) {
        assertThat(metadataWritten("", batch)).isEmpty();
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(booleans = {false, true})
    void a_strategy_may_let_headers_out_but_not_camel_s(boolean batch) {
        assertThat(metadataWritten("&headerFilterStrategy=#bean:permissive", batch))
                .containsExactly("Authorization: x", "allowed: yes");
    }

    @Test
    void the_component_s_strategy_is_the_default_of_its_endpoints() {
        context.getComponent("messagedb", MessageDbComponent.class).setHeaderFilterStrategy(PERMISSIVE);

        assertThat(metadataWritten("", false)).containsExactly("Authorization: x", "allowed: yes");
    }

    @Test
    void a_message_cannot_steer_the_producer_it_is_routed_to() throws Exception {
        write(NewMessage.of(category + "-1", "A", "{}").withMetadata(METADATA));
        context.getRegistry().bind("permissive", PERMISSIVE);

        start(routes -> routes.from("messagedb:" + category + "?headerFilterStrategy=#bean:permissive")
                .to("messagedb:" + category + "next-1?messageType=B"));
        eventually().until(() -> last(category + "next-1").isPresent());

        assertThat(last("evil-1")).isEmpty();
    }
}
