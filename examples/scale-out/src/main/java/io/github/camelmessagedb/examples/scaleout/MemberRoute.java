package io.github.camelmessagedb.examples.scaleout;

import static io.github.camelmessagedb.component.MessageDbConstants.POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.STREAM_NAME;

import org.apache.camel.builder.RouteBuilder;

/** What each member of the group does: it enters what it handles, in the order in which it does. */
final class MemberRoute extends RouteBuilder {

    static final int MAX_IN_FLIGHT = 100;
    static final int POSITION_UPDATE_INTERVAL = 100;

    private static final String STREAM = ":#${header." + STREAM_NAME + "}";
    private static final String IN_STREAM = ":#${header." + POSITION + "}";

    @Override
    public void configure() {
        // All members have the same consumerId and size, and each has a number of its own.
        from("messagedb:parcel?consumerId=tracking&consumerGroupMember={{member}}&consumerGroupSize={{members}}"
                        + "&concurrentConsumers=4"
                        + "&maxInFlight=" + MAX_IN_FLIGHT
                        + "&positionUpdateInterval=" + POSITION_UPDATE_INTERVAL)
                .routeId("tracking")
                .to("sql:INSERT INTO public.handled (member, process, stream, position)"
                        + " VALUES ({{member}}, {{process}}, " + STREAM + ", " + IN_STREAM + ")");
    }
}
