package io.github.camelmessagedb.testing;

import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What writers were told and what consumers have handled, held against what the store has: the promises, whatever has
 * gone wrong in between. Its complaints name message, stream and position. Safe for use by many threads.
 *
 * <p>What it takes: {@link #attempts} before each write and {@link #acknowledges} after it; {@link #begins} for each run
 * of a consumer, which ends with a crash or a loss of the position, not with a clean stop; {@link #handles} at the end of
 * each handling, before the consumer can know of it. Beside it a {@link PositionWatch} looks at each stored position, and a
 * {@link Footprint} at what is left behind.
 */
public final class Oracle {

    private static final int COMPLAINTS_SHOWN = 10;

    private final Map<UUID, NewMessage> attempted = new ConcurrentHashMap<>();
    private final Map<UUID, Long> acknowledged = new ConcurrentHashMap<>();
    private final Handlings handlings = new Handlings();
    private final List<String> contradictions = new ArrayList<>();

    /** A message is going to be written. */
    public void attempts(NewMessage message) {
        attempted.put(message.id(), message);
    }

    /** A message was written, as the writer was told. */
    public void acknowledges(NewMessage message, long position) {
        Long earlier = acknowledged.put(message.id(), position);
        if (earlier != null && earlier != position) {
            contradict("answered with two positions, " + earlier + " and " + position + ": message " + message.id()
                    + " (stream '" + message.stream() + "')");
        }
    }

    private synchronized void contradict(String complaint) {
        contradictions.add(complaint);
    }

    /**
     * A consumer begins or goes on.
     *
     * @param run its name; the order in a stream is held within a run
     * @param mayRepeat how many messages it may handle that were handled before: the position interval and the messages in
     *     flight after a crash. None, where this is not called
     */
    public void begins(String run, int mayRepeat) {
        handlings.begins(run, mayRepeat);
    }

    /** A message was handled. To be called before the consumer gets to know. */
    public void handles(String run, UUID id) {
        handlings.add(run, id);
    }

    /** A message need not be handled: a failure policy leaves it out. */
    public void mayPassOver(UUID id) {
        handlings.mayPassOver(id);
    }

    /** Whether a message was handled, or need not be. */
    public boolean isDone(UUID id) {
        return handlings.isDone(id);
    }

    /** How many different messages were handled. */
    public int handled() {
        return handlings.count();
    }

    /** How many messages were acknowledged. */
    public int acknowledged() {
        return acknowledged.size();
    }

    /** Whether all that was acknowledged was handled, or need not be. */
    public boolean hasHandledAllAcknowledged() {
        return handlings.hasAll(acknowledged.keySet());
    }

    /** All that was attempted was acknowledged. */
    public void checkNoneMissing() {
        refuse(attempted.values().stream()
                .filter(message -> !acknowledged.containsKey(message.id()))
                .map(message -> "attempted, but not acknowledged: message " + message.id() + " (stream '"
                        + message.stream() + "')")
                .toList());
    }

    /**
     * Every acknowledged message is in the store, once, in its stream, at the position that was answered; nothing is
     * there that nobody wrote; the positions of every stream are 0, 1, 2 and so on. Positions of consumers do not count.
     */
    public void checkStored(DataSource owner) {
        refuse(complaintsOfStored(rows(owner)));
    }

    /**
     * Every stored message was handled, nothing else was, first times are in order of each stream, no run has gone back,
     * and none has repeated more than it may.
     *
     * @param reads the streams of all the consumers together
     */
    public void checkHandled(DataSource owner, Predicate<StreamName> reads) {
        refuse(handlings.complaints(
                rows(owner).stream().filter(row -> reads.test(row.stream())).toList()));
    }

    static void refuse(List<String> complaints) {
        if (!complaints.isEmpty()) {
            throw new AssertionError(complaints.size() + " complaint(s):\n  "
                    + String.join("\n  ", complaints.subList(0, Math.min(COMPLAINTS_SHOWN, complaints.size()))));
        }
    }

    private static List<StoredRow> rows(DataSource owner) {
        try (Connection connection = owner.getConnection()) {
            return StoredRow.between(connection, 0, Long.MAX_VALUE);
        } catch (SQLException e) {
            throw new IllegalStateException("The store cannot be read", e);
        }
    }

    synchronized List<String> complaintsOfStored(List<StoredRow> stored) {
        List<String> complaints = new ArrayList<>(contradictions);
        Map<UUID, StoredRow> rows = new HashMap<>();
        Map<StreamName, Long> next = new HashMap<>();
        for (StoredRow row : stored) {
            if (rows.put(row.id(), row) != null) {
                complaints.add("stored twice: " + row);
            }
            if (!attempted.containsKey(row.id())) {
                complaints.add("stored, but nobody wrote it: " + row);
            }
            long expected = next.merge(row.stream(), 1L, Long::sum) - 1;
            if (row.position() != expected) {
                complaints.add("a hole, position " + expected + " of its stream should be here: " + row);
            }
        }
        acknowledged.forEach((id, position) -> complainOf(id, position, rows.get(id), complaints));
        return complaints;
    }

    private void complainOf(UUID id, long position, @Nullable StoredRow row, List<String> complaints) {
        NewMessage message = attempted.get(id);
        String answered = "message " + id + " (stream '" + (message == null ? "?" : message.stream()) + "', position "
                + position + ")";
        if (message == null) {
            complaints.add("acknowledged, but nobody wrote it: " + answered);
        } else if (row == null) {
            complaints.add("acknowledged, but not stored: " + answered);
        } else if (!row.stream().equals(message.stream()) || row.position() != position) {
            complaints.add("acknowledged as " + answered + ", but stored as " + row);
        }
    }
}
