package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.MessageLocation;
import io.github.camelmessagedb.store.OpenWriters;
import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All messages of a store in memory, whose transactions take numbers of one sequence and end in any order. */
final class FakeAll extends UnsupportedReader {

    private final SortedMap<Long, StoredMessage> committed = new TreeMap<>();
    private final List<Transaction> open = new ArrayList<>();
    private long sequence;
    private int begun;
    private int generation;

    /** Happens before each answer. */
    private Runnable meanwhile = () -> {};

    private int pages;
    private int looks;
    private @Nullable RuntimeException refusal;

    /** A transaction that writes. */
    final class Transaction {

        private String name;
        private final List<StoredMessage> messages = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();

        private Transaction(int session, int number) {
            name = session + "/" + number;
        }

        /** With a number of its own, in a stream named for it. */
        Transaction write() {
            return write("user-" + (sequence + 1), "A", null);
        }

        Transaction write(String stream, String type, @Nullable String metadata) {
            sequence++;
            numbers.add(sequence);
            messages.add(new StoredMessage(
                    new UUID(generation, sequence),
                    new StreamName(stream),
                    type,
                    0,
                    sequence,
                    "{}",
                    metadata,
                    Instant.EPOCH));
            return this;
        }

        void commit() {
            messages.forEach(message -> committed.put(message.globalPosition(), message));
            rollBack();
        }

        void rollBack() {
            open.remove(this);
        }

        /** The server has started anew since it was prepared. */
        void recover() {
            name = "-1/" + (700 + begun);
        }

        List<Long> numbers() {
            return numbers;
        }
    }

    /** A transaction of a session that has taken its lock, and no number yet. */
    Transaction begin(int session) {
        Transaction transaction = new Transaction(session, ++begun);
        open.add(transaction);
        return transaction;
    }

    void commit(int messages) {
        Transaction transaction = begin(99);
        for (int i = 0; i < messages; i++) {
            transaction.write();
        }
        transaction.commit();
    }

    void commit(String stream, String type, @Nullable String metadata) {
        begin(99).write(stream, type, metadata).commit();
    }

    /** Numbers that a transaction took and never used. */
    void rollBack(int messages) {
        Transaction transaction = begin(99);
        for (int i = 0; i < messages; i++) {
            transaction.write();
        }
        transaction.rollBack();
    }

    /** What came after a number is lost, and will be given out again. */
    void loseAfter(long number) {
        committed.tailMap(number + 1).clear();
        open.clear();
        sequence = number;
        generation++;
    }

    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    /** The next time it is asked who is writing. */
    void refuse(@Nullable RuntimeException with) {
        refusal = with;
    }

    List<Transaction> open() {
        return open;
    }

    SortedMap<Long, StoredMessage> committed() {
        return committed;
    }

    int pages() {
        return pages;
    }

    int looks() {
        return looks;
    }

    @Override
    public Page scan(ReadQuery query) {
        return scan(query, query.position());
    }

    @Override
    public Page scanAfter(ReadQuery query) {
        return scan(query, query.position() + 1);
    }

    private Page scan(ReadQuery query, long wanted) {
        meanwhile.run();
        pages++;
        if (!query.filter().equals(Filter.NONE)) {
            throw new IllegalStateException("A filter hides gaps");
        }
        List<StoredMessage> rows = committed.tailMap(wanted).values().stream()
                .limit(query.batchSize())
                .toList();
        Optional<StoredMessage> first =
                committed.tailMap(query.position()).values().stream().findFirst();
        StoredMessage last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        return new Page(
                rows,
                last == null ? wanted : last.globalPosition() + 1,
                rows.size() < query.batchSize(),
                last == null ? null : last.id(),
                first.map(it -> new Page.Seen(it.globalPosition(), it.id())).orElse(null));
    }

    @Override
    public OpenWriters openWriters() {
        meanwhile.run();
        looks++;
        if (refusal != null) {
            throw refusal;
        }
        return new OpenWriters(open.stream().map(it -> it.name).collect(Collectors.toSet()));
    }

    @Override
    public List<MessageLocation> locate(List<UUID> ids) {
        return committed.values().stream()
                .filter(it -> ids.contains(it.id()))
                .map(it -> new MessageLocation(it.id(), it.stream(), it.type(), it.position(), it.globalPosition()))
                .toList();
    }

    @Override
    public Optional<UUID> idAt(long globalPosition) {
        meanwhile.run();
        return Optional.ofNullable(committed.get(globalPosition)).map(StoredMessage::id);
    }

    @Override
    public OptionalLong lastPosition(StreamName category) {
        meanwhile.run();
        return committed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(committed.lastKey());
    }

    @Override
    public OptionalLong firstPositionSince(StreamName name, Instant time) {
        return committed.values().stream()
                .filter(it -> !it.time().isBefore(time))
                .mapToLong(StoredMessage::globalPosition)
                .findFirst();
    }

    @Override
    public long lastNumber() {
        return sequence;
    }
}
