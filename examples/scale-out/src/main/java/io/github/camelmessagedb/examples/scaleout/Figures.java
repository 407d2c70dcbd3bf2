package io.github.camelmessagedb.examples.scaleout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of messages.
 *
 * @param written how many there are
 * @param handled how many of them were handled
 * @param repeats how often one was handled that had been before
 * @param violations how often one was handled for the first time after a later one of its stream, or a process went
 *     back in a stream
 */
record Figures(int written, int handled, int repeats, int violations) {

    /** A message by its place. */
    record Place(String stream, long position) {}

    private record Reader(String stream, long process) {}

    /** @param handlings in the order in which they happened */
    static Figures of(Set<Place> written, List<Handling> handlings) {
        Set<Place> handled = new HashSet<>();
        Map<String, Long> furthest = new HashMap<>();
        Map<Reader, Long> last = new HashMap<>();
        int violations = 0;
        for (Handling handling : handlings) {
            boolean first = handled.add(new Place(handling.stream(), handling.position()));
            long before = furthest.getOrDefault(handling.stream(), -1L);
            Long beforeHere = last.put(new Reader(handling.stream(), handling.process()), handling.position());
            boolean back = beforeHere != null && handling.position() <= beforeHere;
            if (back || (first && handling.position() < before)) {
                violations++;
            }
            furthest.put(handling.stream(), Math.max(before, handling.position()));
        }
        int distinct = handled.size();
        handled.retainAll(written);
        return new Figures(written.size(), handled.size(), handlings.size() - distinct, violations);
    }

    int lost() {
        return written - handled;
    }

    /** What is wrong with them; nothing, if all went right. */
    List<String> faults(int tooManyRepeats) {
        List<String> faults = new ArrayList<>();
        if (lost() > 0) {
            faults.add(lost() + " messages were lost");
        }
        if (violations > 0) {
            faults.add(violations + " messages were out of order");
        }
        if (repeats >= tooManyRepeats) {
            faults.add(repeats + " messages were repeated");
        }
        return faults;
    }
}
