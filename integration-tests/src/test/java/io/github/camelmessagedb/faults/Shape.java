package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.testing.Readership;
import java.util.List;
import java.util.stream.Collectors;

/** The ways to consume. */
enum Shape {
    ONE_BY_ONE(new Route("account", "", Readership.category("account"))),
    IN_PARALLEL(new Route("account", "&concurrentConsumers=4", Readership.category("account"))),
    IN_BATCHES(
            new Route("account", "&batching=true&batchSize=7&concurrentConsumers=3", Readership.category("account"))),
    IN_A_GROUP(
            new Route("account", "&consumerGroupMember=0&consumerGroupSize=2", Readership.member("account", 0, 2)),
            new Route("account", "&consumerGroupMember=1&consumerGroupSize=2", Readership.member("account", 1, 2))),
    EVERYTHING(new Route("$all", "&consumerId=x&concurrentConsumers=2", Readership.everything("x")));

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes one that cannot be changed.
    private final List<Route> routes;

    Shape(Route... routes) {
        this.routes = List.of(routes);
    }

    List<Route> routes() {
        return routes;
    }

    /** One consumer. */
    record Route(String name, String options, Readership readership) {

        /** So few that a bound that does not hold is seen. */
        private static final int INTERVAL = 10;

        private static final int MAX_IN_FLIGHT = 20;

        /** How many messages may come again after a crash: fewer than both together. */
        static final int REPEATS = INTERVAL + MAX_IN_FLIGHT - 1;

        /** Unless a shape says something else. Waits are short, for what is measured is not the back-off. */
        private static final List<String> DEFAULTS = List.of(
                "positionUpdateInterval=" + INTERVAL,
                "maxInFlight=" + MAX_IN_FLIGHT,
                "batchSize=20",
                "positionUpdateTimeout=100",
                "pollInterval=10",
                "retryDelay=10",
                "maxRetryDelay=100");

        Route with(String more) {
            return new Route(name, options + more, readership);
        }

        String uri() {
            return DEFAULTS.stream()
                    .filter(option -> !options.contains("&" + option.substring(0, option.indexOf('=') + 1)))
                    .collect(Collectors.joining("&", "messagedb:" + name + "?", options));
        }
    }
}
