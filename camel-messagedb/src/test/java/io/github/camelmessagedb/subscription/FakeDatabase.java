package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.IdleProbe;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A database in memory whose transactions lock, take numbers, become visible and let go, one step at a time. */
final class FakeDatabase implements IdleProbe {

    /** The parts of the whole question. */
    enum Part {
        NUMBERS,
        WRITERS,
        MESSAGES
    }

    private final NavigableMap<Long, StreamName> committed = new TreeMap<>();
    private final List<Transaction> open = new ArrayList<>();
    private final Map<StreamName, Transaction> categoryLocks = new HashMap<>();
    private long sequence;
    private int smallQuestions;
    private int looks;
    private @Nullable Throwable failure;
    private boolean connectionLost;
    private List<Part> order = List.of(Part.values());

    /** Happens before each part of an answer. */
    private Runnable meanwhile = () -> {};

    /** A transaction that holds the lock that all who write hold. */
    final class Transaction {

        private final NavigableMap<Long, StreamName> messages = new TreeMap<>();
        private boolean ended;

        /** Answers whether it could: another one may hold the category's lock. */
        boolean write(StreamName category) {
            if (ended || categoryLocks.computeIfAbsent(category, any -> this) != this) {
                return false;
            }
            messages.put(++sequence, category);
            return true;
        }

        /** Its messages can be seen, and its locks are held still. */
        void commit() {
            committed.putAll(messages);
            ended = true;
        }

        void rollBack() {
            ended = true;
        }

        boolean hasEnded() {
            return ended;
        }

        void letGo() {
            categoryLocks.values().removeIf(this::equals);
            open.remove(this);
        }
    }

    Transaction begin() {
        Transaction transaction = new Transaction();
        open.add(transaction);
        return transaction;
    }

    void write(StreamName category) {
        Transaction transaction = begin();
        transaction.write(category);
        transaction.commit();
        transaction.letGo();
    }

    List<Transaction> open() {
        return open;
    }

    /** What came after a number is lost, and will be given out again. */
    void loseAfter(long number) {
        committed.tailMap(number + 1).clear();
        open.clear();
        categoryLocks.clear();
        sequence = Math.min(sequence, number);
    }

    long sequence() {
        return sequence;
    }

    /** The last message after a position, or the position where there is none. */
    long lastAfter(StreamName name, long position) {
        return committed.tailMap(position + 1).entrySet().stream()
                .filter(it -> name.equals(ReadQuery.ALL) || it.getValue().equals(name))
                .mapToLong(Map.Entry::getKey)
                .reduce(position, Math::max);
    }

    boolean has(Watched watched) {
        return lastAfter(watched.name(), watched.position()) > watched.position();
    }

    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    /** Answers the whole question in another order. */
    void order(Part... parts) {
        order = List.of(parts);
    }

    void fail(@Nullable Throwable with) {
        failure = with;
    }

    /** The next question fails. */
    void loseConnection() {
        connectionLost = true;
    }

    int smallQuestions() {
        return smallQuestions;
    }

    int looks() {
        return looks;
    }

    @Override
    public Numbers numbers() {
        smallQuestions++;
        meanwhile.run();
        requireWorking();
        return now();
    }

    private Numbers now() {
        return new Numbers(sequence, sequence > 0, false);
    }

    private void requireWorking() {
        if (connectionLost) {
            connectionLost = false;
            throw new IllegalStateException("The connection was lost");
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    @Override
    public Look look(Set<Watched> watched) {
        looks++;
        Numbers numbers = now();
        boolean settled = true;
        Set<Watched> arrived = Set.of();
        for (Part part : order) {
            meanwhile.run();
            switch (part) {
                case NUMBERS -> numbers = now();
                case WRITERS -> settled = open.isEmpty();
                case MESSAGES -> arrived = watched.stream().filter(this::has).collect(Collectors.toSet());
            }
        }
        requireWorking();
        return new Look(numbers, settled, arrived);
    }
}
