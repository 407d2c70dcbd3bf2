package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.subscription.FakeAll.Transaction;
import io.github.camelmessagedb.subscription.Source.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the reading of everything promises, in whatever order transactions begin, take numbers and end. */
class AllSourcePropertiesTest {

    private static final int STEPS = 120;

    private FakeAll store;
    private List<Long> brought;
    private Random random;
    private Source source;
    private int batchSize;
    private RecordedPosition last;

    /** The same object has all tries of a property. */
    private void begin(long seed) {
        store = new FakeAll();
        brought = new ArrayList<>();
        random = new Random(seed);
        source = newSource();
        last = new RecordedPosition(0, null);
    }

    private Source newSource() {
        batchSize = 1 + random.nextInt(8);
        return new AllSource(store, ReadQuery.of("$all").withBatchSize(batchSize));
    }

    @Property(tries = 1000)
    void nothing_is_missed_or_passed_early(@ForAll long seed) {
        begin(seed);
        // Between any two questions that the source asks the world goes on.
        store.meanwhile(this::someTimePasses);
        for (int i = 0; i < STEPS; i++) {
            somethingHappens();
            read();
            source = random.nextInt(20) == 0 ? newSource() : source;
        }
        store.meanwhile(() -> {});
        List.copyOf(store.open()).forEach(this::end);
        readToTheEnd();
        assertThat(brought).isEqualTo(List.copyOf(store.committed().keySet()));
    }

    @Property(tries = 1000)
    void it_goes_on_when_all_have_ended_who_were_writing(@ForAll long seed) {
        begin(seed);
        for (int i = random.nextInt(STEPS); i > 0; i--) {
            somethingHappens();
            if (random.nextInt(4) == 0) {
                read();
            }
        }
        readToTheEnd();
        source = newSource();
        read();
        long seen = store.committed().tailMap(last.position() + 1).keySet().stream()
                .limit(batchSize)
                .reduce(last.position(), (one, next) -> next);
        List<Transaction> writing = List.copyOf(store.open());

        Transaction later = store.begin(7).write();
        writing.forEach(this::end);
        readToTheEnd();

        assertThat(last.position()).isGreaterThanOrEqualTo(seen);
        assertThat(store.open()).containsExactly(later);
    }

    private void someTimePasses() {
        for (int i = random.nextInt(6); i > 0; i--) {
            somethingHappens();
        }
    }

    private void somethingHappens() {
        List<Transaction> open = store.open();
        switch (random.nextInt(6)) {
            case 0 -> store.begin(random.nextInt(5));
            case 1, 2 -> {
                if (!open.isEmpty()) {
                    any(open).write();
                }
            }
            case 3, 4 -> {
                if (!open.isEmpty()) {
                    end(any(open));
                }
            }
            default -> {
                if (open.size() < 4) {
                    store.begin(random.nextInt(5)).write();
                } else if (random.nextInt(10) == 0) {
                    any(open).recover();
                }
            }
        }
    }

    private Transaction any(List<Transaction> open) {
        return open.get(random.nextInt(open.size()));
    }

    private void end(Transaction transaction) {
        if (random.nextInt(3) == 0) {
            transaction.rollBack();
        } else {
            transaction.commit();
        }
    }

    /** Until one read brings nothing and says that there is no more. */
    private void readToTheEnd() {
        while (true) {
            long before = last.position();
            Reading reading = read();
            if (reading.endReached() && last.position() == before) {
                return;
            }
        }
    }

    private Reading read() {
        Reading reading = source.read(last);
        for (StoredMessage message : reading.messages()) {
            brought.add(message.globalPosition());
        }
        last = reading.last();
        assertThat(brought)
                .as("committed up to %s", last)
                .isEqualTo(List.copyOf(
                        store.committed().headMap(last.position() + 1).keySet()));
        for (Transaction transaction : store.open()) {
            assertThat(transaction.numbers())
                    .as("numbers of a transaction that is open")
                    .allMatch(number -> number > last.position());
        }
        return reading;
    }
}
