package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/from-message-db-py.md says of its snippets. Each test has a store of its own, and its streams are the page's. */
class MessageDbPyIT extends ComponentTest {

    @RegisterExtension
    final TestDatabase ofTest = TestDatabase.extension();

    private final Received handled = new Received();
    private final Received refused = new Received();

    @BeforeEach
    void startRoutes() throws Exception {
        context.getRegistry().bind("pool", ofTest.pool(5));
        context.addRoutes(new MessageDbPyRoutes());
        addRoutes(routes -> {
            routes.from("direct:handle").process(handled);
            routes.from("direct:decideAgain").process(refused);
        });
        context.start();
    }

    private List<StoredMessage> written(String stream) {
        return ofTest.store().reader().readStream(ReadQuery.of(stream)).messages();
    }

    private void given(String stream, String... types) {
        for (String type : types) {
            ofTest.store().writer().write(NewMessage.of(stream, type, "{}"), ExpectedVersion.ANY);
        }
    }

    @SuppressWarnings("unchecked")
    private List<String> types(Exchange exchange) {
        List<Message> messages = exchange.getMessage().getBody(List.class);
        return messages.stream()
                .map(message -> message.getHeader("CamelMessageDbStreamName") + " "
                        + message.getHeader("CamelMessageDbMessageType"))
                .toList();
    }

    @Test
    void write_answers_the_position() {
        given("account-123", "Opened");

        assertThat(MessageDbPyRoutes.call(template)).isEqualTo(1);
        assertThat(written("account-123"))
                .extracting(StoredMessage::type, StoredMessage::data)
                .contains(tuple("Deposited", "{\"amount\": 10}"));
    }

    @Test
    void write_with_metadata() {
        sent("direct:metadata", Map.of("amount", 10));

        assertThat(written("account-123").get(0).metadata()).isEqualTo("{\"source\": \"web\"}");
    }

    @Test
    void write_with_an_expected_version() {
        given("account-123", "Opened");
        template.send("direct:withdraw", exchange -> {
            exchange.setProperty("version", 0);
            exchange.getMessage().setBody("{}");
        });
        template.send("direct:withdraw", exchange -> {
            exchange.setProperty("version", 0);
            exchange.getMessage().setBody("{\"second\": true}");
        });

        assertThat(written("account-123")).extracting(StoredMessage::type).containsExactly("Opened", "Withdrawn");
        assertThat(refused.bodies()).containsExactly("{\"second\": true}");
    }

    @Test
    void write_batch_answers_all_positions() {
        Exchange exchange = sent("direct:batch", null);

        assertThat(exchange.getMessage().getHeader("CamelMessageDbWrittenPositions"))
                .isEqualTo(List.of(0L, 1L));
        assertThat(written("account-124"))
                .extracting(StoredMessage::type, StoredMessage::metadata)
                .containsExactly(tuple("Opened", null), tuple("Deposited", "{\"source\": \"web\"}"));
        assertThat(send("direct:batch", null).getException()).isNotNull();
    }

    @Test
    void an_id_that_is_not_random_writes_once() {
        sent("direct:idempotent", Map.of("amount", 10), "depositId", 7);
        sent("direct:idempotent", Map.of("amount", 10), "depositId", 7);

        assertThat(written("account-125")).hasSize(1);
    }

    @Test
    void read_and_read_stream() {
        given("account-123", "A", "B", "C");

        Exchange exchange = sent("direct:stream", null);

        assertThat(types(exchange)).containsExactly("account-123 B", "account-123 C");
        assertThat(exchange.getMessage().getHeader("CamelMessageDbNextPosition"))
                .isEqualTo(3L);
    }

    @Test
    void read_category_in_order_of_writing() {
        given("account-2", "A");
        given("account-1", "B");
        given("other-1", "C");

        assertThat(types(sent("direct:category", null))).containsExactly("account-2 A", "account-1 B");
    }

    @Test
    void read_category_as_a_member() {
        for (int i = 0; i < 30; i++) {
            given("account-" + i, "A");
        }

        List<String> share = types(sent("direct:member", null));

        List<String> ofServer = ofTest
                .store()
                .reader()
                .readSql(
                        "SELECT * FROM get_category_messages(:stream_name, :position, :batch_size, NULL, 0, 3)",
                        ReadQuery.of("account"))
                .messages()
                .stream()
                .map(message -> message.stream() + " " + message.type())
                .toList();
        assertThat(share).isEqualTo(ofServer).hasSizeBetween(1, 29);
    }

    @Test
    void read_everything_in_order() {
        given("account-1", "A");
        given("other-1", "B");

        assertThat(types(sent("direct:all", null))).contains("account-1 A", "other-1 B");
    }

    @Test
    void read_with_sql() {
        given("account-123", "Deposited", "Withdrawn", "Deposited");

        assertThat(types(sent("direct:sql", null))).containsExactly("account-123 Deposited", "account-123 Deposited");
    }

    @Test
    void read_last_message() {
        Exchange nothing = sent("direct:last", null);
        given("account-123", "A", "B");

        assertThat(nothing.getMessage().getBody()).isNull();
        assertThat(sent("direct:last", null).getMessage().getHeader("CamelMessageDbMessageType"))
                .isEqualTo("B");
    }

    @Test
    void stream_identifiers() {
        given("account-2", "A");
        given("account-1", "A");
        given("account:snapshot-3", "A");

        assertThat(sent("direct:identifiers", null).getMessage().getBody()).isEqualTo(List.of("1", "2"));
    }

    @Test
    void each_message_is_handled_by_itself() throws Exception {
        context.getRouteController().stopAllRoutes();
        given("account-123", "A", "B");
        context.getRouteController().startAllRoutes();
        handled.awaitCount(2);

        sent("direct:each", null);

        assertThat(handled.headers("CamelMessageDbMessageType")).containsExactly("A", "B", "A", "B");
    }

    @Test
    void a_subscription_instead_of_a_loop() {
        given("account-1", "A");
        handled.awaitCount(1);
        given("account-2", "B");
        handled.awaitCount(2);

        assertThat(handled.headers("CamelMessageDbMessageType")).containsExactly("A", "B");
    }

    @Test
    void from_url() throws Exception {
        DefaultCamelContext other = newContext();
        other.getRegistry().unbind("pool");
        MessageDbPyRoutes.connect(other, ofTest.jdbcUrl() + "?password=" + password());
        other.start();

        assertWrites(other);
        assertThat(written("account-9")).hasSize(1);
    }

    @Test
    void a_pool_of_one_s_own() throws Exception {
        DefaultCamelContext other = newContext();
        other.getRegistry().unbind("pool");
        MessageDbPyRoutes.connectWithPool(other, ofTest.jdbcUrl() + "?password=" + password());
        other.start();

        assertWrites(other);
        assertThat(other.getRegistry().lookupByNameAndType("pool", DataSource.class))
                .isInstanceOfSatisfying(HikariDataSource.class, HikariDataSource::close);
    }

    private static void assertWrites(DefaultCamelContext other) {
        Exchange exchange = other.createProducerTemplate()
                .request(
                        "messagedb:account-9?messageType=A",
                        it -> it.getMessage().setBody("{}"));

        assertThat(exchange.getException()).isNull();
    }

    private String password() {
        return String.valueOf(ofTest.dataSource().getPassword());
    }

    @Test
    void the_same_in_yaml() throws Exception {
        context.getRouteController().stopAllRoutes();
        DefaultCamelContext other = newContext();
        other.getRegistry().bind("pool", ofTest.pool(5));
        List<String> yaml = MessageDbPyPage.yaml(MessageDbPyPage.text());
        for (int i = 0; i < yaml.size(); i++) {
            PluginHelper.getRoutesLoader(other)
                    .loadRoutes(ResourceHelper.fromString("page" + i + ".yaml", yaml.get(i)));
        }
        MockEndpoint ledger = other.getEndpoint("mock:ledger", MockEndpoint.class);
        ledger.expectedMessageCount(1);
        other.start();

        Exchange exchange = other.createProducerTemplate()
                .request("direct:write", it -> it.getMessage().setBody(Map.of("amount", 10)));

        assertThat(exchange.getException()).isNull();
        assertThat(written("account-123")).extracting(StoredMessage::type).containsExactly("Deposited");
        ledger.assertIsSatisfied(60_000);
    }
}
