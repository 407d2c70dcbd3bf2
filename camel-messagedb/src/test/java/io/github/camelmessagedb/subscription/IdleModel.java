package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.IdleProbe;
import io.github.camelmessagedb.store.IdleProbe.Watched;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.FakeDatabase.Transaction;
import io.github.camelmessagedb.subscription.IdleWatch.Net;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writers, consumers that park, and a watch that asks; between any two things that one of them does, others do something.
 * After each round of the watch nobody is parked before whom there was a message when the round began.
 */
final class IdleModel {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final List<StreamName> CATEGORIES =
            List.of(StreamName.of("one"), StreamName.of("two"), StreamName.of("three"));
    private static final int MOST_NESTED = 6;

    private final Random random;
    private final FakeDatabase database;
    private final IdleWatch watch;
    private final List<Reader> readers = new ArrayList<>();
    private long nanos;
    private int nested;
    private boolean asking;

    /** One that reads all there is, and then waits. */
    private final class Reader {

        private final StreamName name;
        private final Parking parking;
        private final IdleWait idle;
        private boolean reading;
        private long position;
        private long parkedAt;
        private int parks;

        Reader(StreamName name) {
            this.name = name;
            this.parking = new Parking(watch, name, POLL, new Signal());
            this.idle = new IdleWait(POLL, parking, 0);
        }

        void mayRead() {
            boolean now = !parking.isParked() || random.nextInt(10) == 0;
            if (now && !reading) {
                reading = true;
                read();
                reading = false;
            }
        }

        private void read() {
            position = Math.min(position, database.sequence());
            long found = database.lastAfter(name, position);
            othersDoSomething();
            if (found > position) {
                position = found;
                idle.foundSomething(nanos);
            } else {
                parks += parking.isParked() && parkedAt == position ? 0 : 1;
                parkedAt = position;
                idle.foundNothing(position, nanos);
            }
        }

        boolean isAsleep() {
            return parking.isParked() && database.has(new Watched(name, position));
        }
    }

    IdleModel(long seed, FakeDatabase database, IdleProbe probe) {
        this.random = new Random(seed);
        this.database = database;
        this.watch = new IdleWatch(new IdleQuestions(probe), task -> {}, new ModelTime(), Net.of(Duration.ofDays(1)));
        CATEGORIES.forEach(category -> readers.add(new Reader(category)));
        readers.add(new Reader(CATEGORIES.get(0)));
        readers.add(new Reader(ReadQuery.ALL));
        database.meanwhile(this::othersDoSomething);
    }

    /** Some time in this world. */
    void live() {
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(3) == 0) {
                round();
            } else {
                something();
            }
        }
    }

    private void round() {
        Map<Reader, Integer> asleep = readers.stream()
                .filter(Reader::isAsleep)
                .collect(Collectors.toMap(Function.identity(), reader -> reader.parks));
        asking = true;
        watch.step();
        asking = false;
        asleep.forEach((reader, parks) -> assertThat(reader.isAsleep() && reader.parks == parks)
                .as("'%s' is parked at %d before a message through a whole round", reader.name, reader.position)
                .isFalse());
    }

    private void othersDoSomething() {
        if (nested < MOST_NESTED) {
            nested++;
            for (int i = random.nextInt(4); i > 0; i--) {
                something();
            }
            nested--;
        }
    }

    private void something() {
        switch (random.nextInt(asking ? 10 : 12)) {
            case 0, 1 -> database.begin();
            case 2, 3, 4 -> anyTransaction(it -> it.write(CATEGORIES.get(random.nextInt(CATEGORIES.size()))));
            case 5, 6 -> anyTransaction(this::end);
            case 7, 8, 9 -> readers.get(random.nextInt(readers.size())).mayRead();
            case 10 -> nanos += Duration.ofMillis(random.nextInt(500)).toNanos();
            default -> rarely();
        }
    }

    private void rarely() {
        switch (random.nextInt(12)) {
            case 0 -> {
                // Which no server does while one is connected to it.
                database.loseAfter(Math.max(0, database.sequence() - 1 - random.nextInt(3)));
                database.loseConnection();
            }
            case 1 -> database.fail(new IllegalStateException("on purpose"));
            case 2, 3 -> database.fail(null);
            default -> nanos += Duration.ofSeconds(random.nextInt(3)).toNanos();
        }
    }

    /** What is done with a transaction. */
    private interface Step {
        void on(Transaction transaction);
    }

    private void anyTransaction(Step step) {
        if (!database.open().isEmpty()) {
            step.on(database.open().get(random.nextInt(database.open().size())));
        }
    }

    private void end(Transaction transaction) {
        if (transaction.hasEnded()) {
            transaction.letGo();
        } else if (random.nextInt(3) == 0) {
            transaction.rollBack();
        } else {
            transaction.commit();
        }
    }

    private final class ModelTime implements Time {

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public void await(Signal signal, Duration atMost) {
            throw new IllegalStateException("Nobody waits here");
        }
    }
}
