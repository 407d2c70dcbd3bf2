package io.github.camelmessagedb.examples.quickstart;

import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_METADATA;
import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_STREAM_NAME;

import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedMessageAggregationStrategy;

/** Flights in, each to the stream of its airport, and out again through a consumer group that watches for delays. */
final class FlightRoutes extends RouteBuilder {

    static final String CONSUMER_ID = "delays";

    private final List<DelayMonitor> members;
    private final Rate written;

    FlightRoutes(List<DelayMonitor> members, Rate written) {
        this.members = members;
        this.written = written;
    }

    @Override
    public void configure() {
        // Five hundred at a time, in one transaction. The ids follow from the file's name and the place in it: reading
        // the
        // file again, whole or after a crash in the middle, writes nothing twice.
        from("file:data?fileName=flights-5k.json&noop=true&initialDelay=0")
                .routeId("import")
                .unmarshal()
                .json(List.class)
                .process(exchange -> written.begin())
                .split(simple("${collate(500)}"))
                .setProperty("part", simple("${exchangeProperty.CamelSplitIndex}"))
                .split(body(), new GroupedMessageAggregationStrategy())
                .setHeader(OVERRIDE_STREAM_NAME, simple("airport-${body[origin]}"))
                .setHeader(OVERRIDE_METADATA, constant(Map.of("correlationStreamName", "flightImport-2001")))
                .end()
                .to("messagedb:airport?messageType=FlightDeparted&idExpression=flights-5k-${exchangeProperty.part}")
                .process(exchange -> written.add(500))
                .end();

        // Each member of the group gets the airports that are its own, each airport's flights in order.
        for (int member = 0; member < members.size(); member++) {
            from("messagedb:airport?consumerId=" + CONSUMER_ID + "&messageTypes=FlightDeparted&consumerGroupMember="
                            + member + "&consumerGroupSize=" + members.size())
                    .routeId("member-" + member)
                    .autoStartup(false)
                    .unmarshal()
                    .json(Map.class)
                    .bean(members.get(member))
                    .filter(body().isNotNull())
                    .setHeader(OVERRIDE_STREAM_NAME, simple("airportDelay-${body[airport]}"))
                    .to("messagedb:airportDelay?messageType=AirportDelayReported"
                            + "&idExpression=delay-${body[airport]}-${body[flights]}");
        }
    }
}
