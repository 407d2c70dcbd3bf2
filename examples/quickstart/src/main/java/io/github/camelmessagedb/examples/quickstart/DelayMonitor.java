package io.github.camelmessagedb.examples.quickstart;

import static io.github.camelmessagedb.component.MessageDbConstants.POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.STREAM_NAME;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.apache.camel.Handler;
import org.apache.camel.Header;

/** What one member of the group knows of its airports; it checks that nothing comes twice or out of order. */
final class DelayMonitor {

    private static final int FLIGHTS_PER_REPORT = 50;

    private final Map<String, Airport> airports = new TreeMap<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicLong handled = new AtomicLong();
    private final Rate read;

    DelayMonitor(Rate read) {
        this.read = read;
    }

    /** Answers a report after every fiftieth flight of an airport, otherwise nothing. */
    @Handler
    Map<String, Object> flightDeparted(
            @Header(STREAM_NAME) String stream, @Header(POSITION) long position, @Body Map<String, Object> flight) {
        Airport airport = take(stream, position, flight);
        handled.incrementAndGet();
        read.add(1);
        return position + 1 == airport.flights() && airport.flights() % FLIGHTS_PER_REPORT == 0
                ? Map.of(
                        "airport", airport.code(),
                        "flights", airport.flights(),
                        "averageDelay", airport.averageDelay())
                : null;
    }

    /** Takes in a flight that an earlier run of this program has handled. */
    void restore(String stream, long position, Map<String, Object> flight) {
        take(stream, position, flight);
    }

    private synchronized Airport take(String stream, long position, Map<String, Object> flight) {
        String code = stream.substring(stream.indexOf('-') + 1);
        Airport before = airports.getOrDefault(code, new Airport(code, 0, 0));
        if (position != before.flights()) {
            faults.add("%s: flight %d came where %d was due".formatted(stream, position, before.flights()));
        }
        if (position < before.flights()) {
            return before;
        }
        Airport after = before.departed(((Number) flight.get("delay")).intValue());
        airports.put(code, after);
        return after;
    }

    /** How many flights came through the route in this run. */
    long handled() {
        return handled.get();
    }

    /** All flights of this member's airports, earlier runs included. */
    synchronized long flights() {
        return airports.values().stream().mapToLong(Airport::flights).sum();
    }

    synchronized Collection<Airport> airports() {
        return List.copyOf(airports.values());
    }

    List<String> faults() {
        return faults;
    }
}
