package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The name that a URI says is, to the letter, the name in the table. */
class NamesIT extends ComponentTest {

    /** As they stand: nothing needs to be escaped in a URI. */
    static Stream<String> names() {
        return Stream.of(
                "account-123",
                "account:command-123",
                "account:command+position-a+0-3",
                "acc$ount-$1",
                "with space-1 2",
                "konto-ä日本😀",
                "quoted-\"double\" 'single'",
                "a#b-1#2",
                "100%-50%",
                "a-%zz",
                "a-user@host@domain",
                "a-/path//to",
                "/a-1",
                "a-back\\slash",
                "a-b&c=d",
                "a-<b>{c}[d]",
                "a-x|y^z`~",
                "a-;,!*()",
                "a-b-c--d");
    }

    /** It is no name to write to, see NewcomerIT: but others may have. */
    @Test
    void a_stream_whose_id_is_empty_is_consumed() throws Exception {
        is_consumed_as_it_stands("a-");
    }

    @BeforeEach
    void emptyStore() {
        database.execute("TRUNCATE message_store.messages RESTART IDENTITY");
    }

    private static List<String> writtenNames() {
        return database.query("SELECT stream_name FROM message_store.messages ORDER BY global_position").stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void is_written_to_as_it_stands(String name) throws Exception {
        start(routes -> routes.from("direct:write").to("messagedb:" + name + "?messageType=Happened"));

        sent("direct:write", "{}");
        sent("messagedb:" + name, "{}", "CamelMessageDbOverrideMessageType", "Happened");

        assertThat(writtenNames()).containsExactly(name, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void is_consumed_as_it_stands(String name) throws Exception {
        write(name, "Happened", "1");
        write("unrelated-1", "Happened", "2");
        Received received = new Received();

        start(routes -> routes.from("messagedb:" + name + "?consumerId=x").process(received));
        received.awaitCount(1);

        assertThat(received.headers("CamelMessageDbStreamName")).containsExactly(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void is_written_to_by_a_dynamic_endpoint_as_it_stands(String name) throws Exception {
        start(routes -> routes.from("direct:write").toD("messagedb:${header.name}?messageType=Happened"));

        sent("direct:write", "{}", "name", name);

        assertThat(writtenNames()).containsExactly(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void survives_yaml(String name) throws Exception {
        Received received = new Received();
        context.getRegistry().bind("received", received);
        String yaml = """
                - route:
                    from:
                      uri: direct:write
                      steps:
                        - to:
                            uri: '%1$s'
                            parameters:
                              messageType: Happened
                - route:
                    from:
                      uri: '%1$s'
                      parameters:
                        consumerId: x
                      steps:
                        - process:
                            ref: received
                """.formatted("messagedb:" + name.replace("'", "''"));
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromBytes("routes.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
        context.start();

        sent("direct:write", "{}");
        received.awaitCount(1);

        assertThat(received.headers("CamelMessageDbStreamName")).containsExactly(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void survives_the_uri_factory_of_the_endpoint_dsl(String name) throws Exception {
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory("messagedb");
        String uri = factory.buildUri("messagedb", Map.of("name", name, "messageType", "Happened"));
        context.start();

        sent(uri, "{}");

        assertThat(writtenNames()).containsExactly(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void survives_a_header(String name) throws Exception {
        context.start();

        sent("messagedb:a?messageType=Happened", "{}", "CamelMessageDbOverrideStreamName", name);

        assertThat(writtenNames()).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({
        "a-1%20b, a-1 b",
        "a-1%2Bb, a-1+b",
        "a-1%252525b, a-1%25b",
        "a-1%252520b, a-1%20b",
        "a-1%2525ab, a-1%ab",
        "a-is it%253F, a-is it?",
    })
    void is_unescaped_by_two_rules(String inUri, String name) throws Exception {
        start(routes -> routes.from("direct:write").toD("messagedb:" + inUri + "?messageType=Happened"));

        sent("messagedb:" + inUri + "?messageType=Happened", "{}");
        sent("direct:write", "{}");

        assertThat(writtenNames()).containsExactly(name, name);
    }

    @Test
    void an_escape_that_is_not_utf_8_is_refused() {
        assertThatThrownBy(() -> context.getEndpoint("messagedb:a-1%ff"))
                .hasStackTraceContaining("Write %2525 for a percent sign");
    }

    @Test
    void a_name_without_a_category_is_refused() {
        assertThatThrownBy(() -> context.getEndpoint("messagedb:-1")).hasStackTraceContaining("has no category");
    }

    @Test
    void an_option_that_does_not_exist_is_refused() {
        assertThatThrownBy(() -> context.getEndpoint("messagedb:a?messageTyp=A"))
                .hasStackTraceContaining("messageTyp");
    }
}
