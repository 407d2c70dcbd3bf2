package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.VersionConflictException;
import io.github.camelmessagedb.testing.Writer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single messages that are written while another one of their category is. */
class SharedWriteRouteIT extends ComponentTest {

    private static final int EXCHANGES = 40;

    private CompletableFuture<Object> first = new CompletableFuture<>();

    /** One exchange after the other, from this thread: each is on its way, or done, when this returns. */
    private List<CompletableFuture<Exchange>> send(int exchanges, String uri) throws Exception {
        AsyncProcessor producer =
                AsyncProcessorConverterHelper.convert(context.getEndpoint(uri).createAsyncProducer());
        ((org.apache.camel.Producer) producer).start();
        return IntStream.range(0, exchanges)
                .mapToObj(i -> {
                    Exchange exchange = new DefaultExchange(context);
                    exchange.getMessage().setBody("{}");
                    return producer.processAsync(exchange);
                })
                .toList();
    }

    private void firstOne(String uri) {
        first = template.asyncRequestBody(uri, (Object) "{}");
        eventually()
                .until(() ->
                        database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                                > 0);
    }

    private Writer busy() throws Exception {
        return new Writer(database.ownerDataSource())
                .execute("SET LOCAL search_path = message_store; SELECT acquire_lock('" + category + "-1')");
    }

    private long transactions() {
        return database.number(
                "SELECT count(DISTINCT xmin::text) FROM message_store.messages WHERE message_store.category(stream_name) = ?",
                category);
    }

    @Test
    void exchanges_that_wait_hold_no_thread() throws Exception {
        context.start();
        String uri = "messagedb:" + category + "-1?messageType=Deposited";
        List<CompletableFuture<Exchange>> sent;
        try (Writer busy = busy()) {
            firstOne(uri);
            sent = send(EXCHANGES, uri);
            assertThat(sent).noneMatch(CompletableFuture::isDone);
            busy.commit();
        }

        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("{}");
        for (int i = 0; i < EXCHANGES; i++) {
            Exchange exchange = sent.get(i).get(30, TimeUnit.SECONDS);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader("CamelMessageDbWrittenPosition"))
                    .isEqualTo(i + 1L);
        }
        assertThat(transactions()).isEqualTo(2);
    }

    @Test
    void a_failure_is_the_exchanges_own() throws Exception {
        context.start();
        String stream = "messagedb:" + category + "-1?messageType=Deposited";
        List<CompletableFuture<Exchange>> conflicting;
        List<CompletableFuture<Exchange>> others;
        try (Writer busy = busy()) {
            firstOne(stream);
            conflicting = send(1, stream + "&expectedVersion=7");
            others = send(2, stream);
            busy.commit();
        }

        assertThat(conflicting.get(0).get(30, TimeUnit.SECONDS).getException())
                .isInstanceOf(VersionConflictException.class);
        assertThat(others.get(1).get(30, TimeUnit.SECONDS).getException()).isNull();
        assertThat(categoryMessages(category)).hasSize(3);
    }

    @Test
    void a_route_goes_on_after_a_write_that_waited() throws Exception {
        start(routes -> routes.from("direct:in")
                .to("messagedb:" + category + "-1?messageType=Deposited")
                .setBody(routes.simple("${header.CamelMessageDbWrittenPosition}"))
                // Waits, on the thread that it was told on, for another write of the same category.
                .process(exchange -> template.requestBody("messagedb:" + category + "-2?messageType=Seen", "{}")));
        List<CompletableFuture<Object>> sent;
        try (Writer busy = busy()) {
            sent = IntStream.range(0, EXCHANGES)
                    .mapToObj(i -> template.asyncRequestBody("direct:in", (Object) "{}"))
                    .toList();
            eventually()
                    .until(() ->
                            database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                                    == 1);
            busy.commit();
        }

        assertThat(sent)
                .allSatisfy(
                        outcome -> assertThat(outcome.get(30, TimeUnit.SECONDS)).isNotNull());
        assertThat(categoryMessages(category)).hasSize(2 * EXCHANGES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&coalesceWrites=false", "&coalesceWrites=true"})
    void a_lone_exchange_is_written_on_its_own_thread(String option) throws Exception {
        context.start();

        List<CompletableFuture<Exchange>> sent = send(3, "messagedb:" + category + "-1?messageType=Deposited" + option);

        assertThat(sent).allMatch(CompletableFuture::isDone);
        assertThat(transactions()).isEqualTo(3);
    }

    @Test
    void an_exchange_in_a_transaction_is_written_by_itself() throws Exception {
        context.start();
        AsyncProcessor producer = AsyncProcessorConverterHelper.convert(
                context.getEndpoint("messagedb:" + category + "-1?messageType=Deposited")
                        .createAsyncProducer());
        ((org.apache.camel.Producer) producer).start();
        CompletableFuture<Boolean> sync;
        try (Writer busy = busy()) {
            firstOne("messagedb:" + category + "-1?messageType=Deposited");
            sync = CompletableFuture.supplyAsync(() -> {
                Exchange exchange = new DefaultExchange(context);
                exchange.getMessage().setBody("{}");
                exchange.getExchangeExtension().setTransacted(true);
                return producer.process(exchange, done -> {});
            });
            eventually()
                    .until(() ->
                            database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                                    == 2);
            busy.commit();
        }

        assertThat(sync.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(transactions()).isEqualTo(2);
    }
}
