package io.github.camelmessagedb.examples.boot;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** From the events to the read model. */
@Component
final class BalanceRoute extends RouteBuilder {

    private final Balances balances;

    BalanceRoute(Balances balances) {
        this.balances = balances;
    }

    @Override
    public void configure() {
        // The position is kept in Message DB. With balances.seek-to=beginning all events come again: to make the table
        // anew.
        from("messagedb:account?consumerId=balances&seekTo={{?balances.seek-to}}")
                .routeId("balances")
                .bean(balances);
    }
}
