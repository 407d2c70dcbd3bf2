package io.github.camelmessagedb.component;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.store.VersionConflictException;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/** The snippets of docs/from-message-db-py.md: what stands between the marks is in it as it is here. */
final class MessageDbPyRoutes extends RouteBuilder {

    static void connect(CamelContext context, String url) {
        // snippet: connect
        MessageDbComponent messageDb = context.getComponent("messagedb", MessageDbComponent.class);
        messageDb.setJdbcUrl(url);
        messageDb.setUsername("message_store");
        // end
    }

    static void connectWithPool(CamelContext context, String url) {
        // snippet: pool
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername("message_store");
        pool.setMaximumPoolSize(20);
        context.getRegistry().bind("pool", pool);
        // end
    }

    static long call(ProducerTemplate template) {
        // snippet: call
        Exchange written =
                template.request("direct:write", it -> it.getMessage().setBody(Map.of("amount", 10)));
        long position = written.getMessage().getHeader("CamelMessageDbWrittenPosition", Long.class);
        // end
        return position;
    }

    @Override
    public void configure() {
        write();
        read();
        consume();
    }

    private void write() {
        // snippet: write
        from("direct:write").to("messagedb:account-123?messageType=Deposited");
        // end

        // snippet: metadata
        from("direct:metadata")
                .setHeader("CamelMessageDbOverrideMetadata", constant(Map.of("source", "web")))
                .to("messagedb:account-123?messageType=Deposited");
        // end

        // snippet: expected-version
        from("direct:withdraw")
                .onException(VersionConflictException.class)
                .handled(true)
                .to("direct:decideAgain")
                .end()
                .setHeader("CamelMessageDbExpectedVersion", exchangeProperty("version"))
                .to("messagedb:account-123?messageType=Withdrawn");
        // end

        // snippet: batch
        from("direct:batch")
                .setBody(constant(List.of(
                        Map.of("type", "Opened", "data", Map.of("owner", "Ada")),
                        Map.of(
                                "type",
                                "Deposited",
                                "data",
                                Map.of("amount", 10),
                                "metadata",
                                Map.of("source", "web")))))
                .to("messagedb:account-124?expectedVersion=-1");
        // end

        // snippet: id
        from("direct:idempotent")
                .to("messagedb:account-125?messageType=Deposited&idExpression=deposit-${header.depositId}");
        // end
    }

    private void read() {
        // snippet: read-stream
        from("direct:stream").to("messagedb:account-123?operation=readStream&position=1&batchSize=50");
        // end

        // snippet: read-category
        from("direct:category").to("messagedb:account?operation=readCategory&position=1&batchSize=50");
        // end

        // snippet: read-member
        from("direct:member").to("messagedb:account?operation=readCategory&consumerGroupMember=0&consumerGroupSize=3");
        // end

        // snippet: read-all
        from("direct:all").to("messagedb:$all?operation=readAll&position=1");
        // end

        // snippet: read-sql
        from("direct:sql")
                .to("messagedb:account-123?operation=readStream&sql=RAW("
                        + "SELECT * FROM messages WHERE stream_name = :stream_name AND position >= :position"
                        + " AND type = 'Deposited' ORDER BY position LIMIT :batch_size)");
        // end

        // snippet: last
        from("direct:last").to("messagedb:account-123?operation=readLastMessage");
        // end

        // snippet: identifiers
        from("direct:identifiers").to("messagedb:account?operation=streamIdentifiers");
        // end
    }

    private void consume() {
        // snippet: each
        from("direct:each")
                .to("messagedb:account-123?operation=readStream")
                .split(body())
                .to("direct:handle");
        // end

        // snippet: subscribe
        from("messagedb:account?consumerId=ledger").to("direct:handle");
        // end
    }
}
