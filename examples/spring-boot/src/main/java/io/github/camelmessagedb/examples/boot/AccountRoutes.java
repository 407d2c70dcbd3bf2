package io.github.camelmessagedb.examples.boot;

import static io.github.camelmessagedb.component.MessageDbConstants.EXPECTED_VERSION;
import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_STREAM_NAME;

import org.apache.camel.Expression;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The side that writes: each command becomes one event, or an exception, which is for whoever gave the command. */
@Component
final class AccountRoutes extends RouteBuilder {

    static final String ACCOUNT = "account";

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        // In a header, not in a URI: it comes from outside.
        Expression stream = simple("account-${header." + ACCOUNT + "}");

        from("direct:open")
                .routeId("open")
                .setHeader(OVERRIDE_STREAM_NAME, stream)
                .to("messagedb:account?messageType=Opened&expectedVersion=-1");

        // Right whatever else happens to the account meanwhile, so that no version is expected.
        from("direct:deposit")
                .routeId("deposit")
                .toV("direct:account", null, "account")
                .setHeader(OVERRIDE_STREAM_NAME, stream)
                .to("messagedb:account?messageType=Deposited");

        // Right only if the account still is as it was when this was decided.
        from("direct:withdraw")
                .routeId("withdraw")
                .toV("direct:account", null, "account")
                .process(exchange -> exchange.getVariable("account", Account.class)
                        .requireCovers(exchange.getMessage().getBody(Amount.class)))
                .setHeader(EXPECTED_VERSION, simple("${variable.account.version}"))
                .setHeader(OVERRIDE_STREAM_NAME, stream)
                .to("messagedb:account?messageType=Withdrawn");

        from("direct:account")
                .routeId("account")
                .setHeader(OVERRIDE_STREAM_NAME, stream)
                .to("messagedb:account?operation=readStream&batchSize=-1")
                .bean(Account.class, "of");
    }
}
