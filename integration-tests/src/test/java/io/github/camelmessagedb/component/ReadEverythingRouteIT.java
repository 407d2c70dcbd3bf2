package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that read more, or other things, than a stream or a category. */
class ReadEverythingRouteIT extends ComponentTest {

    private static final String NEXT_POSITION = "CamelMessageDbNextPosition";
    private static final String READ_POSITION = "CamelMessageDbReadPosition";

    @BeforeEach
    void start() {
        context.start();
    }

    @SuppressWarnings("unchecked")
    private static List<String> bodies(Exchange exchange) {
        List<Message> messages = exchange.getMessage().getBody(List.class);
        return messages.stream().map(message -> message.getBody(String.class)).toList();
    }

    @Test
    void everything_is_read_page_by_page_in_a_loop() throws Exception {
        List<String> read = new ArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:all")
                        .setHeader(READ_POSITION, constant(0))
                        .loopDoWhile(simple("${body} == null || ${body.size} > 0"))
                        .to("messagedb:$all?operation=readAll&batchSize=2&messageTypes=Everything")
                        .process(exchange -> read.addAll(bodies(exchange)))
                        .setHeader(READ_POSITION, header(NEXT_POSITION))
                        .end();
            }
        });
        for (int i = 0; i < 5; i++) {
            write(category + i + "-" + i, "Everything", String.valueOf(i));
        }

        assertThat(sent("direct:all", null).getException()).isNull();

        assertThat(read).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void an_sql_of_its_own_takes_the_read_s_parameters() {
        for (int i = 0; i < 5; i++) {
            write(category + "-1", "A", String.valueOf(i));
        }

        Exchange exchange = sent(
                "messagedb:" + category
                        + "-1?operation=readStream&position=1&batchSize=2&sql=RAW(SELECT * FROM messages"
                        + " WHERE stream_name = :stream_name AND position >= :position AND data::text <> '2'"
                        + " ORDER BY position LIMIT :batch_size)",
                null);

        assertThat(bodies(exchange)).containsExactly("1", "3");
        assertThat(exchange.getMessage().getHeader(NEXT_POSITION)).isEqualTo(4L);
    }

    @Test
    void an_sql_never_comes_out_of_a_dynamic_endpoint() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read").toD("messagedb:" + category + "-${body}?operation=readStream");
            }
        });

        assertThat(send("direct:read", "1?sql=SELECT * FROM messages&x=").getException())
                .hasStackTraceContaining("options condition and sql");
    }

    @Test
    void the_identifiers_of_a_category_are_a_sorted_list() {
        write(category + "-b", "A", "1");
        write(category + "-a", "A", "2");
        write(category + "-b", "A", "3");
        write(category + ":snapshot-c", "A", "4");

        assertThat(sent("messagedb:" + category + "?operation=streamIdentifiers", null)
                        .getMessage()
                        .getBody())
                .isEqualTo(List.of("a", "b"));
    }

    @Test
    void the_version_of_message_db_is_a_text() {
        assertThat(sent("messagedb:" + category + "?operation=messageStoreVersion", null)
                        .getMessage()
                        .getBody())
                .isEqualTo("1.3.0");
    }

    @Test
    void an_operation_that_does_not_exist_is_answered_with_those_that_do() {
        assertThatThrownBy(() -> context.getEndpoint("messagedb:" + category + "?operation=read"))
                .hasStackTraceContaining("Bad operation 'read'")
                .hasStackTraceContaining("readCategory");
    }

    @Test
    void a_correlation_is_refused_where_a_stream_is_consumed() {
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("messagedb:" + category + "-1?correlation=x").to("mock:x");
                    }
                }))
                .hasStackTraceContaining("cannot be consumed with the option correlation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"condition=true", "sql=SELECT 1", "consumerGroupMember=0&consumerGroupSize=2"})
    void what_would_hide_gaps_is_refused_where_everything_is_consumed(String option) {
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("messagedb:$all?" + option).to("mock:all");
                    }
                }))
                .hasStackTraceContaining("Everything ($all) cannot be");
    }
}
