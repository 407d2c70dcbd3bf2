package io.github.camelmessagedb.subscription;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SharedReadsTest {

    private static final RecordedPosition BEGINNING = new RecordedPosition(0, null);

    private final List<StoredMessage> store = new ArrayList<>();
    private final Category whole = new Category(null);
    private final FakeTime time = new FakeTime();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** What is in the store, or a member's share of it, ten rows a page. */
    private class Category implements Source {

        private final ConsumerGroup member;
        private final List<Long> reads = new ArrayList<>();
        private Runnable meanwhile = () -> {};

        Category(ConsumerGroup member) {
            this.member = member;
        }

        @Override
        public Reading read(RecordedPosition last) {
            synchronized (this) {
                reads.add(last.position());
            }
            meanwhile.run();
            synchronized (store) {
                if (last.messageId() != null
                        && store.stream().noneMatch(it -> it.id().equals(last.messageId()))) {
                    throw new StoreRewoundException("lost", last);
                }
                List<StoredMessage> found = store.stream()
                        .filter(it -> it.globalPosition() > last.position())
                        .limit(10)
                        .toList();
                RecordedPosition end = found.isEmpty() ? last : at(found.get(found.size() - 1));
                List<StoredMessage> wanted = found.stream()
                        .filter(it -> member == null || member.reads(it.stream()))
                        .toList();
                return new Reading(wanted, end, found.size() < 10, true);
            }
        }

        @Override
        public RecordedPosition positionBefore(StartPosition start) {
            return new RecordedPosition(member == null ? -1 : 40 + member.member(), null);
        }

        @Override
        public long positionOf(StoredMessage message) {
            return message.globalPosition();
        }
    }

    private static RecordedPosition at(StoredMessage message) {
        return new RecordedPosition(message.globalPosition(), message.id());
    }

    private RecordedPosition at(int index) {
        return at(store.get(index - 1));
    }

    private void write(int count) {
        synchronized (store) {
            for (int i = 0; i < count; i++) {
                long position = store.size() + 1L;
                store.add(new StoredMessage(
                        new UUID(7, position),
                        StreamName.of("user-" + position * 7 % 5),
                        "A",
                        position,
                        position,
                        "{}",
                        null,
                        Instant.EPOCH));
            }
        }
    }

    private final List<Category> own = new ArrayList<>();

    /** The members of a group, which have all asked once. */
    private List<Source> members(int size, int here) {
        SharedReads reads = new SharedReads(whole, size, time);
        for (int i = 0; i < here; i++) {
            own.add(new Category(new ConsumerGroup(i, size)));
        }
        List<Source> members = IntStream.range(0, here)
                .mapToObj(i -> reads.member(new ConsumerGroup(i, size), own.get(i)))
                .collect(toList());
        members.forEach(member -> member.read(BEGINNING));
        own.forEach(it -> it.reads.clear());
        whole.reads.clear();
        return members;
    }

    private List<Long> share(int member, int size, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .filter(i -> ConsumerGroup.memberOf(StreamName.of("user-" + i * 7 % 5), size) == member)
                .boxed()
                .toList();
    }

    private static List<Long> positions(Source.Reading reading) {
        return reading.messages().stream().map(StoredMessage::globalPosition).toList();
    }

    @Test
    void a_page_is_read_once_for_all_and_split() {
        List<Source> members = members(3, 3);
        write(25);

        List<Source.Reading> first =
                members.stream().map(member -> member.read(BEGINNING)).toList();
        List<Source.Reading> second = IntStream.range(0, 3)
                .mapToObj(i -> members.get(i).read(first.get(i).last()))
                .toList();

        for (int i = 0; i < 3; i++) {
            assertThat(positions(first.get(i))).isEqualTo(share(i, 3, 1, 10));
            assertThat(positions(second.get(i))).isEqualTo(share(i, 3, 11, 20));
            assertThat(second.get(i).last()).isEqualTo(at(20));
            assertThat(second.get(i).endReached()).isFalse();
        }
        assertThat(whole.reads).containsExactly(0L, 10L);
        assertThat(own).allSatisfy(it -> assertThat(it.reads).isEmpty());
    }

    @Test
    void who_is_within_a_page_that_was_read_takes_the_rest_of_it() {
        List<Source> members = members(2, 2);
        write(25);
        members.get(0).read(BEGINNING);

        Source.Reading rest = members.get(1).read(at(4));

        assertThat(positions(rest)).isEqualTo(share(1, 2, 5, 10));
        assertThat(rest.last()).isEqualTo(at(10));
        assertThat(whole.reads).containsExactly(0L);
    }

    @Test
    void who_has_read_what_the_page_does_not_have_asks_the_store() {
        List<Source> members = members(2, 2);
        write(25);
        members.get(0).read(BEGINNING);

        assertThatThrownBy(() -> members.get(1).read(new RecordedPosition(4, new UUID(1, 1))))
                .isInstanceOf(StoreRewoundException.class);
    }

    @Test
    void where_no_more_than_half_of_the_group_is_here_each_reads_its_own() {
        List<Source> members = members(4, 2);
        write(25);

        assertThat(positions(members.get(0).read(BEGINNING))).isEqualTo(share(0, 4, 1, 10));
        assertThat(positions(members.get(1).read(BEGINNING))).isEqualTo(share(1, 4, 1, 10));
        assertThat(whole.reads).isEmpty();
        assertThat(own.get(0).reads).containsExactly(0L);
        assertThat(own.get(1).reads).containsExactly(0L);
    }

    @Test
    void who_has_not_read_for_long_is_not_counted() {
        List<Source> members = members(2, 2);
        write(25);
        time.pass(Duration.ofSeconds(11));

        members.get(0).read(BEGINNING);
        members.get(1).read(BEGINNING);

        assertThat(own.get(0).reads).as("alone").containsExactly(0L);
        assertThat(own.get(1).reads).as("not alone any more").isEmpty();
        assertThat(whole.reads).containsExactly(0L);
    }

    @Test
    void a_page_is_kept_for_the_last_of_the_members_and_no_longer() {
        List<Source> members = members(2, 2);
        write(25);
        members.get(0).read(BEGINNING);
        members.get(0).read(at(10));
        members.get(1).read(BEGINNING);
        members.get(1).read(at(10));

        members.get(1).read(BEGINNING);

        assertThat(whole.reads).as("nobody was expected to come back").containsExactly(0L, 10L, 0L);
    }

    @Test
    void no_more_pages_are_kept_than_a_few() {
        List<Source> members = members(2, 2);
        write(200);
        Source.Reading reading = members.get(0).read(BEGINNING);
        for (int i = 1; i < 12; i++) {
            reading = members.get(0).read(reading.last());
        }
        whole.reads.clear();

        members.get(1).read(at(40));
        members.get(1).read(at(30));

        assertThat(whole.reads).containsExactly(30L);
    }

    @Test
    void what_was_not_used_for_longest_goes_first() {
        List<Source> members = members(2, 2);
        write(200);
        Source.Reading reading = members.get(0).read(BEGINNING);
        for (int i = 1; i < 8; i++) {
            reading = members.get(0).read(reading.last());
        }
        members.get(1).read(at(2));
        members.get(0).read(reading.last());
        whole.reads.clear();

        members.get(1).read(at(4));
        members.get(1).read(at(12));

        assertThat(whole.reads).containsExactly(12L);
    }

    @Test
    void what_is_large_is_not_kept() {
        String large = "\"" + "x".repeat(17 << 20) + "\"";
        for (int i = 1; i <= 20; i++) {
            store.add(new StoredMessage(
                    new UUID(7, i),
                    StreamName.of("user-1"),
                    "A",
                    i,
                    i,
                    i % 10 == 0 ? large : "1",
                    null,
                    Instant.EPOCH));
        }
        List<Source> members = members(2, 2);
        members.get(0).read(BEGINNING);
        members.get(0).read(at(10));
        whole.reads.clear();

        members.get(1).read(BEGINNING);

        assertThat(whole.reads).containsExactly(0L);
    }

    @Test
    void nothing_is_not_remembered() {
        List<Source> members = members(2, 2);
        members.get(0).read(BEGINNING);
        write(1);

        assertThat(members.get(1).read(BEGINNING).last()).isEqualTo(at(1));
    }

    @Test
    void where_to_begin_is_the_member_s_own() {
        assertThat(members(2, 2).get(1).positionBefore(StartPosition.parse("end")))
                .isEqualTo(new RecordedPosition(41, null));
    }

    /** Two members ask for the same, the second while the first is reading, which then comes to this end. */
    private List<Future<Source.Reading>> askedAtOnce(List<Source> members, Runnable end) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        whole.meanwhile = () -> {
            reading.countDown();
            awaitQuietly(mayGoOn);
            end.run();
        };
        Future<Source.Reading> first = threads.submit(() -> members.get(0).read(BEGINNING));
        reading.await();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        Future<Source.Reading> second = threads.submit(() -> {
            waiting.set(Thread.currentThread());
            return members.get(1).read(BEGINNING);
        });
        while (waiting.get() == null || waiting.get().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        mayGoOn.countDown();
        return List.of(first, second);
    }

    @Test
    @Timeout(30)
    void who_asks_for_what_is_being_read_waits_for_it() throws Exception {
        List<Source> members = members(2, 2);
        write(25);

        List<Future<Source.Reading>> readings = askedAtOnce(members, () -> {});

        assertThat(positions(readings.get(0).get())).isEqualTo(share(0, 2, 1, 10));
        assertThat(positions(readings.get(1).get())).isEqualTo(share(1, 2, 1, 10));
        assertThat(whole.reads).containsExactly(0L);
    }

    @Test
    @Timeout(30)
    void who_waits_for_what_fails_is_told_and_the_next_reads_anew() throws Exception {
        List<Source> members = members(2, 2);
        write(25);
        RuntimeException failure = new IllegalStateException("on purpose");

        List<Future<Source.Reading>> readings = askedAtOnce(members, () -> {
            throw failure;
        });

        assertThat(readings).allSatisfy(it -> assertThatThrownBy(it::get).hasCause(failure));
        whole.meanwhile = () -> {};
        assertThat(members.get(1).read(BEGINNING).last()).isEqualTo(at(10));
    }

    @Test
    @Timeout(30)
    void who_waits_for_too_long_reads_its_own() throws Exception {
        List<Source> members = members(2, 2);
        write(25);
        CountDownLatch reading = new CountDownLatch(1);
        whole.meanwhile = () -> {
            reading.countDown();
            awaitQuietly(new CountDownLatch(1));
        };
        threads.execute(() -> members.get(0).read(BEGINNING));
        reading.await();

        assertThat(positions(members.get(1).read(BEGINNING))).isEqualTo(share(1, 2, 1, 10));
        assertThat(own.get(1).reads).containsExactly(0L);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Members at any positions, going on in any order, some starting again at an earlier place, while others write. */
    @Property(tries = 300)
    void each_member_gets_all_that_is_its_own_and_nothing_else_in_order(
            @ForAll @IntRange(min = 1, max = 5) int size, @ForAll long seed) {
        Random random = new Random(seed);
        store.clear();
        SharedReads reads = new SharedReads(whole, size, time);
        List<Source> members = IntStream.range(0, size)
                .mapToObj(i -> {
                    ConsumerGroup member = new ConsumerGroup(i, size);
                    return reads.member(member, new Category(member));
                })
                .toList();
        RecordedPosition[] last = new RecordedPosition[size];
        long[] from = new long[size];
        List<List<Long>> seen = IntStream.range(0, size)
                .<List<Long>>mapToObj(i -> new ArrayList<>())
                .toList();
        for (int i = 0; i < size; i++) {
            from[i] = random.nextInt(20);
            last[i] = new RecordedPosition(from[i], null);
        }
        for (int step = 0; step < 200; step++) {
            write(random.nextInt(4));
            time.pass(Duration.ofMillis(random.nextInt(3000)));
            int i = random.nextInt(size);
            if (random.nextInt(20) == 0 && !store.isEmpty()) {
                from[i] = 1L + random.nextInt(store.size());
                last[i] = at((int) from[i]);
                seen.get(i).clear();
            }
            Source.Reading reading = members.get(i).read(last[i]);
            seen.get(i).addAll(positions(reading));
            last[i] = reading.last();
            assertThat(seen.get(i)).isEqualTo(share(i, size, from[i] + 1, Math.max(from[i], last[i].position())));
        }
    }
}
