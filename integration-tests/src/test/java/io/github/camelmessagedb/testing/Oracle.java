package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.NewMessage;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What writers were told, held against what the store has. Safe for use by many threads.
 */
public final class Oracle {

    private final Map<UUID, NewMessage> attempted = new ConcurrentHashMap<>();
    private final Map<UUID, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Set<UUID>> handled = new ConcurrentHashMap<>();

    /** A message is going to be written. */
    public void attempts(NewMessage message) {
        attempted.put(message.id(), message);
    }

    /** A message was written, as the writer was told. */
    public void acknowledges(NewMessage message, long position) {
        Long earlier = acknowledged.put(message.id(), position);
        assertThat(earlier == null || earlier == position)
                .as("the same message is answered with the same position")
                .isTrue();
    }

    /** A message was handled, by whoever reads. */
    public void handles(String stream, UUID id) {
        handled.computeIfAbsent(stream, name -> Collections.synchronizedSet(new LinkedHashSet<>()))
                .add(id);
    }

    /** Every acknowledged message was handled, and those of each stream in order, by the first times. */
    public void checkHandled() {
        Map<String, List<UUID>> written = acknowledged.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .collect(Collectors.groupingBy(
                        entry -> stream(entry.getKey()), Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        Map<String, List<UUID>> seen = handled.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        assertThat(seen).as("handled, stream by stream").isEqualTo(written);
    }

    /** How many different messages were handled. */
    public int handled() {
        return handled.values().stream().mapToInt(Set::size).sum();
    }

    /** How many messages were acknowledged. */
    public int acknowledged() {
        return acknowledged.size();
    }

    /**
     * Every acknowledged message is in the store, once, in its stream, at the position that was answered; nothing is
     * there that nobody wrote; the positions of every stream are 0, 1, 2 and so on.
     */
    public void check(TestDatabase database) {
        Map<UUID, String> stored =
                database.query("SELECT id, stream_name || ' ' || position FROM message_store.messages").stream()
                        .collect(Collectors.toMap(row -> UUID.fromString(text(row.get(0))), row -> text(row.get(1))));

        assertThat(stored.keySet()).as("stored").isSubsetOf(attempted.keySet());
        acknowledged.forEach((id, position) ->
                assertThat(stored.get(id)).as("acknowledged " + id).isEqualTo(stream(id) + " " + position));
        assertThat(database.query("SELECT stream_name FROM message_store.messages GROUP BY stream_name"
                        + " HAVING min(position) <> 0 OR max(position) <> count(*) - 1"))
                .as("streams with holes")
                .isEmpty();
    }

    /** All that was attempted was acknowledged. */
    public void checkNoneMissing() {
        assertThat(acknowledged.keySet()).isEqualTo(Set.copyOf(attempted.keySet()));
    }

    private String stream(UUID id) {
        NewMessage message = attempted.get(id);
        return message == null
                ? "acknowledged but never attempted"
                : message.stream().value();
    }

    private static String text(@Nullable String value) {
        return String.valueOf(value);
    }
}
