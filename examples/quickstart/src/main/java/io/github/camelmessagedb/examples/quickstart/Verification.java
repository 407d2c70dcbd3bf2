package io.github.camelmessagedb.examples.quickstart;

import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_STREAM_NAME;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.ProducerTemplate;

/** Holds what the members handled against what the store has. */
record Verification(ProducerTemplate template, int expected) {

    private static final int FLIGHTS_PER_REPORT = 50;

    /** What is wrong; nothing if every flight was handled exactly once, and in order for each airport. */
    List<String> faults(List<DelayMonitor> members) {
        List<String> faults = new ArrayList<>();
        long flights = 0;
        for (DelayMonitor member : members) {
            faults.addAll(member.faults());
            flights += member.flights();
            for (Airport airport : member.airports()) {
                check(faults, "airport-" + airport.code(), airport.flights());
                check(faults, "airportDelay-" + airport.code(), airport.flights() / FLIGHTS_PER_REPORT);
            }
        }
        if (flights != expected) {
            faults.add("%d flights were handled, not %d".formatted(flights, expected));
        }
        return faults;
    }

    private void check(List<String> faults, String stream, long messages) {
        Long version = template.requestBodyAndHeader(
                "messagedb:airport?operation=streamVersion", null, OVERRIDE_STREAM_NAME, stream, Long.class);
        long stored = version == null ? 0 : version + 1;
        if (stored != messages) {
            faults.add("%s has %d messages, not %d".formatted(stream, stored, messages));
        }
    }
}
