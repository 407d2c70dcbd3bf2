package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.NewMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operations that read. */
class ReadRouteIT extends ComponentTest {

    private String stream = "";

    @BeforeEach
    void startEmpty() {
        stream = category + "-1";
        context.start();
    }

    private static List<String> bodies(Exchange exchange) {
        return messages(exchange).stream()
                .map(message -> message.getBody(String.class))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Message> messages(Exchange exchange) {
        return exchange.getMessage().getBody(List.class);
    }

    @Test
    void reads_a_stream_with_its_headers() {
        write(NewMessage.of(stream, "A", "1").withMetadata("{\"tenant\": \"blue\"}"));
        write(stream, "B", "2");
        write(category + "-2", "B", "3");

        Exchange exchange = sent("messagedb:" + stream + "?operation=readStream", null);

        assertThat(bodies(exchange)).containsExactly("1", "2");
        assertThat(messages(exchange).get(0).getHeaders())
                .containsEntry("CamelMessageDbStreamName", stream)
                .containsEntry("CamelMessageDbMessageType", "A")
                .containsEntry("CamelMessageDbPosition", 0L)
                .containsEntry("CamelMessageDbMetadata", Map.of("tenant", "blue"))
                .containsEntry("tenant", "blue");
        assertThat(exchange.getMessage().getHeaders()).containsOnly(Map.entry("CamelMessageDbNextPosition", 2L));
    }

    @Test
    void reads_a_stream_from_a_position() {
        writeNumbers(stream, 0, 5);

        assertThat(bodies(sent("messagedb:" + stream + "?operation=readStream&position=3&batchSize=2", null)))
                .containsExactly("3", "4");
        assertThat(bodies(sent(
                        "messagedb:" + stream + "?operation=readStream&position=3",
                        null,
                        "CamelMessageDbReadPosition",
                        5)))
                .containsExactly("5");
    }

    @Test
    void reads_the_stream_that_a_header_names() {
        writeNumbers(stream, 1, 2);

        assertThat(bodies(sent(
                        "messagedb:elsewhere",
                        null,
                        "CamelMessageDbOperation",
                        "readStream",
                        "CamelMessageDbOverrideStreamName",
                        stream)))
                .containsExactly("1", "2");
    }

    @Test
    void reads_a_category_page_by_page() throws Exception {
        for (int i = 1; i <= 7; i++) {
            write(category + "-" + i % 3, "A", Integer.toString(i));
            write("elsewhere-1", "A", "0");
        }
        List<String> read = new ArrayList<>();
        addRoutes(routes -> routes.from("direct:pages")
                .setProperty("more", routes.constant(true))
                .loopDoWhile(routes.exchangeProperty("more"))
                .to("messagedb:" + category + "?operation=readCategory&batchSize=3")
                .setProperty("more", routes.simple("${body.size} > 0", Boolean.class))
                .process(exchange -> read.addAll(bodies(exchange)))
                .setHeader("CamelMessageDbReadPosition", routes.header("CamelMessageDbNextPosition"))
                .end());

        sent("direct:pages", null);

        assertThat(read).containsExactly("1", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void a_split_gives_each_message_its_headers() throws Exception {
        writeNumbers(stream, 0, 2);
        Received received = new Received();
        addRoutes(routes -> routes.from("direct:split")
                .to("messagedb:" + stream + "?operation=readStream")
                .split(routes.body())
                .process(received));

        sent("direct:split", null);

        assertThat(received.numbers()).containsExactly(0, 1, 2);
        assertThat(received.headers("CamelMessageDbPosition")).containsExactly(0L, 1L, 2L);
        assertThat(received.headers("CamelMessageDbStreamName")).containsOnly(stream);
    }

    @Test
    void reads_some_types_of_a_category() {
        write(stream, "A", "1");
        write(stream, "B", "2");
        write(stream, "C", "3");

        Exchange exchange = sent("messagedb:" + category + "?operation=readCategory&messageTypes=A,C", null);

        assertThat(bodies(exchange)).containsExactly("1", "3");
    }

    @Test
    void reads_a_correlation_of_a_category() {
        write(NewMessage.of(stream, "A", "1").withMetadata("{\"correlationStreamName\": \"order-1\"}"));
        write(stream, "A", "2");

        assertThat(bodies(sent("messagedb:" + category + "?operation=readCategory&correlation=order", null)))
                .containsExactly("1");
    }

    @Test
    void reads_the_share_of_a_group_s_member() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            write(category + "-" + i, "A", Integer.toString(i));
        }
        for (int member = 0; member < 3; member++) {
            all.addAll(bodies(sent(
                    "messagedb:" + category + "?operation=readCategory&consumerGroupSize=3&consumerGroupMember="
                            + member,
                    null)));
        }

        assertThat(all).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void reads_by_a_condition_where_the_server_takes_one() {
        writeNumbers(stream, 1, 3);
        String uri = "messagedb:" + category + "?operation=readCategory&condition=RAW(messages.position > 0)";

        Exchange refused = send(uri, null);
        database.execute(
                "ALTER ROLE message_store IN DATABASE " + database.name() + " SET message_store.sql_condition TO 'on'");
        pool.getHikariPoolMXBean().softEvictConnections();
        Exchange read = sent(uri, null);
        database.execute("ALTER ROLE message_store IN DATABASE " + database.name() + " RESET ALL");

        assertThat(refused.getException()).hasMessageContaining("condition");
        assertThat(bodies(read)).containsExactly("2", "3");
    }

    @Test
    void reads_the_last_message() {
        write(stream, "A", "1");
        write(stream, "B", "2");

        Message last =
                sent("messagedb:" + stream + "?operation=readLastMessage", "x").getMessage();
        Message lastOfType = sent("messagedb:" + stream + "?operation=readLastMessage&messageType=A", "x")
                .getMessage();
        Message byHeader = sent(
                        "messagedb:" + stream + "?operation=readLastMessage&messageType=B",
                        "x",
                        "CamelMessageDbOverrideMessageType",
                        "A")
                .getMessage();

        assertThat(last.getBody()).isEqualTo("2");
        assertThat(last.getHeader("CamelMessageDbMessageType")).isEqualTo("B");
        assertThat(lastOfType.getBody()).isEqualTo("1");
        assertThat(byHeader.getBody()).isEqualTo("1");
    }

    @Test
    void no_last_message_is_no_body_and_no_header_of_another_one() {
        Message none = sent(
                        "messagedb:" + stream + "?operation=readLastMessage",
                        "x",
                        "CamelMessageDbMessageId",
                        "of another",
                        "CamelMessageDbMetadata",
                        Map.of("of", "another"),
                        "mine",
                        1)
                .getMessage();

        assertThat(none.getBody()).isNull();
        assertThat(none.getHeaders()).containsOnly(Map.entry("mine", 1));
    }

    @Test
    void answers_the_version_of_a_stream() {
        Object none = sent("messagedb:" + stream + "?operation=streamVersion", "x")
                .getMessage()
                .getBody();
        writeNumbers(stream, 0, 3);
        Object three = sent("messagedb:" + stream + "?operation=streamVersion", "x")
                .getMessage()
                .getBody();

        assertThat(none).isNull();
        assertThat(three).isEqualTo(3L);
    }

    @Test
    void a_category_is_not_read_as_a_stream_nor_a_stream_as_a_category() {
        assertThat(send("messagedb:" + category + "?operation=readStream", null).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is the name of a category");
        assertThat(send("messagedb:" + stream + "?operation=readCategory", null).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is the name of a stream");
    }

    @Test
    void a_bad_read_position_is_named() {
        assertThat(send("messagedb:" + stream + "?operation=readStream", null, "CamelMessageDbReadPosition", "first")
                        .getException())
                .hasMessageContaining("header CamelMessageDbReadPosition");
    }

    @Test
    void everything_is_not_a_category() {
        assertThat(send("messagedb:$all?operation=readCategory", null).getException())
                .hasMessageContaining("$all stands for everything")
                .hasMessageContaining("readAll");
    }

    @Test
    void reading_through_a_header_filter_of_a_route_s_own_message_keeps_its_other_headers() {
        writeNumbers(stream, 1, 1);

        assertThat(sent("messagedb:" + stream + "?operation=readLastMessage", "x", "mine", 1)
                        .getMessage()
                        .getHeader("mine"))
                .isEqualTo(1);
    }
}
