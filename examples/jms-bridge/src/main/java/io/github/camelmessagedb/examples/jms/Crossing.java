package io.github.camelmessagedb.examples.jms;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What came of messages on the other side of the bridge. Both maps have a list for each key, in order.
 *
 * @param sent what went in
 * @param arrived what came out, repeats included
 */
record Crossing(Map<String, List<String>> sent, Map<String, List<String>> arrived) {

    long repeats() {
        return arrived.values().stream()
                .mapToLong(messages -> messages.size() - new LinkedHashSet<>(messages).size())
                .sum();
    }

    long messages() {
        return arrived.values().stream()
                .mapToLong(messages -> new LinkedHashSet<>(messages).size())
                .sum();
    }

    /** What is lost, out of order or from elsewhere: repeats left out, each key has to have what was sent, in order. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        sent.forEach((key, messages) -> {
            List<String> first = new ArrayList<>(new LinkedHashSet<>(arrived.getOrDefault(key, List.of())));
            if (!first.equals(messages)) {
                faults.add("%s: %d of %d messages arrived, the first %d as they were sent"
                        .formatted(key, first.size(), messages.size(), alike(first, messages)));
            }
        });
        arrived.keySet().stream()
                .filter(key -> !sent.containsKey(key))
                .forEach(key -> faults.add(key + ": nobody sent that"));
        return faults;
    }

    private static int alike(List<String> one, List<String> other) {
        int count = 0;
        while (count < Math.min(one.size(), other.size()) && one.get(count).equals(other.get(count))) {
            count++;
        }
        return count;
    }
}
