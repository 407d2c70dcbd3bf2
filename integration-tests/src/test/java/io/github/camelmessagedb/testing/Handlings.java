package io.github.camelmessagedb.testing;

import io.github.camelmessagedb.store.StreamName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Which run of a consumer has handled what, in which order. Safe for use by many threads. */
final class Handlings {

    private final Map<UUID, Boolean> handled = new ConcurrentHashMap<>();
    private final Set<UUID> mayPassOver = ConcurrentHashMap.newKeySet();
    private final List<Handling> all = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> mayRepeat = new ConcurrentHashMap<>();

    private record Handling(String run, UUID id) {}

    void begins(String run, int repeats) {
        mayRepeat.put(run, repeats);
    }

    void add(String run, UUID id) {
        all.add(new Handling(run, id));
        handled.put(id, true);
    }

    void mayPassOver(UUID id) {
        mayPassOver.add(id);
    }

    boolean isDone(UUID id) {
        return handled.containsKey(id) || mayPassOver.contains(id);
    }

    int count() {
        return handled.size();
    }

    boolean hasAll(Collection<UUID> ids) {
        return ids.stream().allMatch(this::isDone);
    }

    private List<Handling> copy() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /** What is wrong with them, where this is all that is there to be handled, in order of global positions. */
    List<String> complaints(List<StoredRow> stored) {
        List<String> complaints = new ArrayList<>();
        Map<UUID, StoredRow> rows = stored.stream().collect(Collectors.toMap(StoredRow::id, row -> row, (a, b) -> a));
        stored.stream().filter(row -> !isDone(row.id())).forEach(row -> complaints.add("never handled: " + row));
        firstTimes(stored, rows, complaints);
        eachRun(rows, complaints);
        repeats(rows, complaints);
        return complaints;
    }

    /** In order of the stream, without a hole. */
    private void firstTimes(List<StoredRow> stored, Map<UUID, StoredRow> rows, List<String> complaints) {
        Map<StreamName, Deque<StoredRow>> toCome = new HashMap<>();
        stored.forEach(row ->
                toCome.computeIfAbsent(row.stream(), name -> new ArrayDeque<>()).add(row));
        Set<UUID> seen = new HashSet<>();
        for (Handling handling : copy()) {
            StoredRow row = rows.get(handling.id());
            if (row == null) {
                complaints.add("handled by " + handling.run() + ", but not there: message " + handling.id());
            } else if (seen.add(handling.id())) {
                Deque<StoredRow> next = Objects.requireNonNull(toCome.get(row.stream()));
                next.stream()
                        .takeWhile(earlier -> !earlier.equals(row))
                        .filter(earlier -> !isOver(earlier, seen))
                        .findFirst()
                        .ifPresent(earlier -> complaints.add(
                                "out of order: " + handling.run() + " handled " + row + " before " + earlier));
                while (!next.isEmpty() && isOver(next.element(), seen)) {
                    next.remove();
                }
            }
        }
    }

    private boolean isOver(StoredRow row, Set<UUID> seen) {
        return seen.contains(row.id()) || mayPassOver.contains(row.id());
    }

    /** A run never goes back within a stream, not even to what was handled before it. */
    private void eachRun(Map<UUID, StoredRow> rows, List<String> complaints) {
        Map<String, StoredRow> latest = new HashMap<>();
        for (Handling handling : copy()) {
            StoredRow row = rows.get(handling.id());
            if (row != null) {
                StoredRow before = latest.put(handling.run() + " " + row.stream(), row);
                if (before != null && before.position() > row.position()) {
                    complaints.add("went back: " + handling.run() + " handled " + row + " after " + before);
                }
            }
        }
    }

    private void repeats(Map<UUID, StoredRow> rows, List<String> complaints) {
        Map<String, List<UUID>> again = new HashMap<>();
        Set<UUID> seen = new HashSet<>();
        for (Handling handling : copy()) {
            if (!seen.add(handling.id())) {
                again.computeIfAbsent(handling.run(), run -> new ArrayList<>()).add(handling.id());
            }
        }
        again.forEach((run, ids) -> {
            int allowed = mayRepeat.getOrDefault(run, 0);
            if (ids.size() > allowed) {
                StoredRow first = rows.get(ids.get(0));
                complaints.add("repeated: " + run + " handled " + ids.size()
                        + " messages that had been handled, where " + allowed + " may come again; the first is "
                        + (first == null ? ids.get(0) : first));
            }
        });
    }
}
