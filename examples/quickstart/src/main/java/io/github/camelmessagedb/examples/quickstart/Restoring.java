package io.github.camelmessagedb.examples.quickstart;

import static io.github.camelmessagedb.component.MessageDbConstants.GLOBAL_POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.NEXT_POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_STREAM_NAME;
import static io.github.camelmessagedb.component.MessageDbConstants.POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.READ_POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.STREAM_NAME;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/** Rebuilds what a member knew when an earlier run ended: from the events up to the position that it stored. */
record Restoring(ProducerTemplate template, int member, int size) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    void into(DelayMonitor monitor) throws JsonProcessingException {
        String stored = template.requestBodyAndHeader(
                "messagedb:airport?operation=readLastMessage",
                null,
                OVERRIDE_STREAM_NAME,
                "airport:position-" + FlightRoutes.CONSUMER_ID + "+" + member + "-" + size,
                String.class);
        if (stored != null) {
            restore(monitor, MAPPER.readTree(stored).path("position").asLong());
        }
    }

    private void restore(DelayMonitor monitor, long upTo) throws JsonProcessingException {
        long next = 0;
        while (next <= upTo) {
            Message page = read(next);
            for (Object element : page.getBody(List.class)) {
                Message event = (Message) element;
                if (event.getHeader(GLOBAL_POSITION, Long.class) <= upTo) {
                    monitor.restore(
                            event.getHeader(STREAM_NAME, String.class),
                            event.getHeader(POSITION, Long.class),
                            flight(event));
                }
            }
            next = page.getHeader(NEXT_POSITION, Long.class);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> flight(Message event) throws JsonProcessingException {
        return MAPPER.readValue(event.getBody(String.class), Map.class);
    }

    private Message read(long position) {
        FluentProducerTemplate read = template.getCamelContext().createFluentProducerTemplate();
        return read.to("messagedb:airport?operation=readCategory&messageTypes=FlightDeparted&consumerGroupMember="
                        + member + "&consumerGroupSize=" + size)
                .withHeader(READ_POSITION, position)
                .send()
                .getMessage();
    }
}
