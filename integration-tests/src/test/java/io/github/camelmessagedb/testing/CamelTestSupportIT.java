package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As users write it: a database and a context for each test, of which the context ends first. */
class CamelTestSupportIT extends CamelTestSupport {

    @RegisterExtension
    final MessageDbExtension messageDb = MessageDbExtension.create();

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("messageDb", messageDb.dataSource());
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:open").to("messagedb:account-1?messageType=Opened&expectedVersion=-1");
                from("messagedb:account").to("mock:opened");
            }
        };
    }

    @RepeatedTest(2)
    void each_test_has_a_database_without_messages() throws Exception {
        MockEndpoint opened = getMockEndpoint("mock:opened");
        opened.expectedBodiesReceived("{\"by\": \"me\"}");

        template().sendBody("direct:open", "{\"by\": \"me\"}");

        opened.assertIsSatisfied();
        assertThat(opened.getExchanges().get(0).getMessage().getHeader("CamelMessageDbPosition"))
                .isEqualTo(0L);
    }
}
