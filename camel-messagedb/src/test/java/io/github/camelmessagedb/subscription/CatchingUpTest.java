package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.subscription.Source.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CatchingUpTest {

    private static final RecordedPosition BEGINNING = new RecordedPosition(0, null);
    private static final int PAGE = 20;

    private final List<StoredMessage> store = new ArrayList<>();
    private FakeTime time = new FakeTime();
    private final Category category = new Category();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private long lastNumber;
    private int ids;

    /** What is in the store, so many rows a page. A read takes a millisecond. */
    private class Category implements Source {

        private final List<Long> reads = new ArrayList<>();
        private RuntimeException failure;

        @Override
        public Reading read(RecordedPosition last) {
            reads.add(last.position());
            if (failure != null) {
                throw failure;
            }
            time.pass(Duration.ofMillis(1));
            UUID expected = last.messageId();
            if (expected != null && store.stream().noneMatch(it -> it.id().equals(expected))) {
                throw new StoreRewoundException("lost", last);
            }
            List<StoredMessage> found = store.stream()
                    .filter(it -> it.globalPosition() > last.position())
                    .limit(PAGE)
                    .toList();
            RecordedPosition end = found.isEmpty() ? last : at(found.get(found.size() - 1));
            return new Reading(found, end, found.size() < PAGE, true);
        }

        @Override
        public RecordedPosition positionBefore(StartPosition start) {
            return BEGINNING;
        }

        @Override
        public long positionOf(StoredMessage message) {
            return message.globalPosition();
        }
    }

    private static RecordedPosition at(StoredMessage message) {
        return new RecordedPosition(message.globalPosition(), message.id());
    }

    private void write(int count, int numbersBetween) {
        for (int i = 0; i < count; i++) {
            lastNumber += 1 + numbersBetween;
            store.add(new StoredMessage(
                    new UUID(7, ++ids),
                    new StreamName("user-" + i % 5),
                    "A",
                    store.size(),
                    lastNumber,
                    "{}",
                    null,
                    Instant.EPOCH));
        }
    }

    /** Reads on to the end. */
    private List<StoredMessage> readAll(Source source) {
        List<StoredMessage> read = new ArrayList<>();
        RecordedPosition last = BEGINNING;
        for (int i = 0; i < 1000; i++) {
            Reading reading = source.read(last);
            read.addAll(reading.messages());
            if (reading.messages().isEmpty() && reading.endReached()) {
                return read;
            }
            last = reading.last();
        }
        throw new AssertionError("It does not come to the end");
    }

    private CatchingUp catchingUp(Executor executor) {
        return new CatchingUp(category, executor, time);
    }

    @Test
    void the_second_reader_reads_every_other_page() {
        write(PAGE * 10, 0);
        List<Long> second = new ArrayList<>();
        assertThat(readAll(catchingUp(task -> {
                    int before = category.reads.size();
                    task.run();
                    second.add(category.reads.get(before));
                })))
                .isEqualTo(store);
        // The guess falls a little short of the page's end: 18 of 20 messages further on.
        assertThat(second).startsWith(38L, 76L, 114L).hasSize(5);
    }

    @Test
    void whoever_has_other_things_to_do_has_no_second_reader() {
        write(PAGE * 10, 0);
        CatchingUp source = catchingUp(task -> {
            throw new AssertionError("Nobody waits for pages");
        });
        RecordedPosition last = BEGINNING;
        for (int i = 0; i < 10; i++) {
            last = source.read(last).last();
            time.pass(Duration.ofMillis(2));
        }
        assertThat(last.position()).isEqualTo(PAGE * 10);
    }

    @Test
    void a_page_that_does_not_have_the_last_message_is_not_used() {
        write(PAGE, 0);
        // Less dense from here on: the guess is far too low, so the second page ends before the first.
        write(PAGE * 4, 9);
        assertThat(readAll(catchingUp(Runnable::run))).isEqualTo(store);
    }

    @Test
    void a_page_further_on_waits_until_the_reading_has_come_there() {
        write(PAGE, 9);
        // Denser from here on: the guess is beyond the page's end.
        write(PAGE * 6, 0);
        assertThat(readAll(catchingUp(Runnable::run))).isEqualTo(store);
        assertThat(category.reads).doesNotHaveDuplicates();
    }

    @Test
    void an_old_page_is_not_used() {
        write(PAGE * 5, 0);
        CatchingUp source = catchingUp(Runnable::run);
        RecordedPosition first = source.read(BEGINNING).last();
        RecordedPosition second = source.read(first).last();
        time.pass(Duration.ofSeconds(3));
        store.subList(PAGE, store.size()).clear();
        assertThatThrownBy(() -> source.read(second)).isInstanceOf(StoreRewoundException.class);
    }

    @Test
    void a_message_of_the_same_position_that_is_another_one_does_not_count() {
        write(PAGE * 3, 0);
        CatchingUp source = catchingUp(tasks::add);
        RecordedPosition first = source.read(BEGINNING).last();
        RecordedPosition second = source.read(first).last();
        store.subList(PAGE + PAGE / 2, store.size()).clear();
        lastNumber = PAGE + PAGE / 2;
        write(PAGE * 2, 0);
        tasks.remove().run();
        assertThatThrownBy(() -> source.read(second)).isInstanceOf(StoreRewoundException.class);
    }

    @Test
    void what_the_second_reader_fails_with_nobody_hears_of() {
        write(PAGE * 4, 0);
        assertThat(readAll(catchingUp(task -> {
                    category.failure = new IllegalStateException("no connection");
                    task.run();
                    category.failure = null;
                })))
                .isEqualTo(store);
    }

    @Test
    void without_threads_one_reader_is_enough() {
        write(PAGE * 4, 0);
        assertThat(readAll(catchingUp(task -> {
                    throw new RejectedExecutionException();
                })))
                .isEqualTo(store);
    }

    /** Whatever is written meanwhile, and whenever the second reader comes to read. */
    @Property(tries = 2000)
    void reads_every_message_once_and_in_order(@ForAll long seed) {
        Random random = new Random(seed);
        store.clear();
        lastNumber = 0;
        time = new FakeTime();
        Executor sometimes = task -> {
            switch (random.nextInt(4)) {
                case 0 -> task.run();
                case 1 -> throw new RejectedExecutionException();
                default -> {
                    write(random.nextInt(PAGE), random.nextInt(3));
                    task.run();
                    write(random.nextInt(PAGE), random.nextInt(9));
                }
            }
        };
        write(random.nextInt(PAGE * 10), random.nextInt(3));
        CatchingUp source = catchingUp(sometimes);
        List<StoredMessage> read = new ArrayList<>();
        RecordedPosition last = BEGINNING;
        for (int step = 0; step < 60; step++) {
            Reading reading = source.read(last);
            read.addAll(reading.messages());
            last = reading.last();
            assertThat(last.position())
                    .isGreaterThanOrEqualTo(
                            read.isEmpty() ? 0 : at(read.get(read.size() - 1)).position());
            switch (random.nextInt(4)) {
                case 0 -> write(random.nextInt(PAGE * 3), random.nextInt(5));
                case 1 -> time.pass(Duration.ofMillis(random.nextInt(3000)));
                case 2 -> {
                    // A run that starts over goes on anywhere before.
                    if (!read.isEmpty() && random.nextInt(5) == 0) {
                        int kept = 1 + random.nextInt(read.size());
                        read.subList(kept, read.size()).clear();
                        last = at(read.get(kept - 1));
                    }
                }
                default -> {}
            }
        }
        assertThat(read).isEqualTo(store.subList(0, read.size()));
    }
}
