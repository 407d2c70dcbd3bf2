package io.github.camelmessagedb.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait to be written together, a lane for each category. A lane is in one {@link Flush} at a time, so that
 * messages of a category stay in order. For many threads.
 */
final class WriteQueue {

    static final int MOST_MESSAGES = 256;
    static final long MOST_SIZE = 1L << 20;
    static final int MOST_WAITING = 10_000;
    private static final long MOST_WAITING_SIZE = 1L << 25;

    /** So many of one category are worth a transaction of their own, which can wait for its lock. */
    static final int ENOUGH = 16;

    /** So many each write a message of their own side by side, where nobody shares: a pool has hardly more connections. */
    static final int MOST_ALONE = 8;

    private static final int FEWEST_SHARED = 2;

    /** Who takes longer waits for something, such as a lock that another's long transaction has, and counts no more. */
    static final Duration LONG = Duration.ofMillis(100);

    /** More threads would hardly find a connection. */
    private static final int MOST_STUCK = 28;

    private final LongSupplier nanos;
    private final int mostShared;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> ready = new ArrayDeque<>();
    private final Set<Runner> alone = new HashSet<>();
    private final Set<Runner> sharing = new HashSet<>();
    private final Set<Runner> stuck = new HashSet<>();
    private boolean reliefAskedFor;
    private int waiting;
    private long waitingSize;
    private boolean closed;

    /** @param mostShared how many transactions of several messages there are at a time */
    WriteQueue(LongSupplier nanos, int mostShared) {
        this.nanos = nanos;
        this.mostShared = mostShared;
    }

    /**
     * For a program with so many processors. More transactions than it can feed would wait for the disk and for processors of
     * the server side by side, with fewer messages in each.
     */
    static WriteQueue of(LongSupplier nanos, int processors) {
        return new WriteQueue(nanos, Math.max(FEWEST_SHARED, Math.min(processors, MOST_ALONE)));
    }

    /** Somebody who writes, since a time. */
    static final class Runner {
        private long since;
    }

    /** The messages of a category that wait, and whether they have to be written apart from those of other categories. */
    private static final class Lane {
        private final String category;
        private final Deque<SharedWrite> waiting = new ArrayDeque<>();
        private boolean apart;
        private @Nullable Runner first;

        Lane(String category) {
            this.category = category;
        }

        boolean goesWithOthers() {
            return !apart && waiting.size() < ENOUGH;
        }
    }

    enum Turn {
        /** Now, beside whatever else is written. */
        ALONE,
        /** Now, and what comes meanwhile waits until {@link #leave}. */
        FIRST,
        /** Somebody who writes, or comes to write, takes it along. */
        WAITS,
        /** The same, and who brought it is to bring nothing more until it is written: so much waits. */
        WAITS_AND_STAYS
    }

    /**
     * What is written together, with different ids.
     *
     * @param categories of the writes, whose other messages wait until it is {@link #done}
     */
    record Flush(List<String> categories, List<SharedWrite> writes) {

        List<SharedWrite> settled() {
            return writes.stream().filter(SharedWrite::isSettled).toList();
        }

        List<SharedWrite> unsettled() {
            return writes.stream().filter(write -> !write.isSettled()).toList();
        }
    }

    synchronized Turn enter(SharedWrite write) {
        if (closed) {
            return Turn.ALONE;
        }
        Lane lane = lanes.get(write.category());
        if (lane == null) {
            lane = new Lane(write.category());
            lanes.put(write.category(), lane);
            if (alone.size() + sharing.size() < (sharing.isEmpty() ? MOST_ALONE : mostShared)) {
                lane.first = newRunner(alone);
                return Turn.FIRST;
            }
            ready.add(lane);
        }
        boolean full = waiting >= MOST_WAITING || waitingSize >= MOST_WAITING_SIZE;
        lane.waiting.add(write);
        count(write, 1);
        return full ? Turn.WAITS_AND_STAYS : Turn.WAITS;
    }

    private Runner newRunner(Set<Runner> among) {
        Runner runner = new Runner();
        runner.since = nanos.getAsLong();
        among.add(runner);
        return runner;
    }

    private void count(SharedWrite write, int more) {
        waiting += more;
        waitingSize += more * write.size();
    }

    /** Who was first has written. Answers who has to come and go on with {@link #next}, if anybody. */
    synchronized @Nullable Runner leave(String category) {
        Lane lane = lanes.get(category);
        Runner runner = lane == null ? null : lane.first;
        release(category);
        return runner != null && goesOn(runner) ? runner : null;
    }

    /** Who has written goes on where something waits and not enough others see to it. */
    private boolean goesOn(Runner runner) {
        alone.remove(runner);
        stuck.remove(runner);
        sharing.remove(runner);
        boolean goesOn = !ready.isEmpty() && sharing.size() < mostShared;
        if (goesOn) {
            sharing.add(runner);
        }
        return goesOn;
    }

    /** Whether somebody has to come after {@link #LONG} for {@link #relief}, and nobody was asked to yet. */
    synchronized boolean needsRelief() {
        boolean needed = !ready.isEmpty() && !reliefAskedFor;
        reliefAskedFor |= needed;
        return needed;
    }

    /** Who writes for so long that others must not wait for it counts no more. Answers who goes on with {@link #next}. */
    synchronized List<Runner> relief() {
        reliefAskedFor = false;
        long now = nanos.getAsLong();
        Stream.concat(alone.stream(), sharing.stream())
                .filter(runner -> now - runner.since >= LONG.toNanos())
                .limit(MOST_STUCK - stuck.size())
                .toList()
                .forEach(runner -> {
                    alone.remove(runner);
                    sharing.remove(runner);
                    stuck.add(runner);
                });
        int room = Math.max(0, mostShared - sharing.size() - alone.size());
        return Stream.generate(() -> newRunner(sharing))
                .limit(Math.min(room, ready.size()))
                .toList();
    }

    private void release(String category) {
        Lane lane = lanes.get(category);
        if (lane != null) {
            lane.first = null;
            if (lane.waiting.isEmpty()) {
                lanes.remove(category);
            } else {
                ready.add(lane);
            }
        }
    }

    /**
     * What is to be written next, by whoever writes; if there is nothing, or others do it meanwhile, it has left. Categories
     * take turns, so that none waits for another to run dry.
     */
    synchronized @Nullable Flush next(Runner runner) {
        if (!goesOn(runner)) {
            return null;
        }
        runner.since = nanos.getAsLong();
        Lane first = ready.remove();
        boolean withOthers = first.goesWithOthers();
        Taking taking = new Taking();
        taking.from(first);
        if (withOthers) {
            Iterator<Lane> others = ready.iterator();
            while (others.hasNext() && taking.hasRoom()) {
                Lane other = others.next();
                if (other.goesWithOthers() && taking.from(other)) {
                    others.remove();
                }
            }
        }
        first.apart = false;
        return new Flush(taking.categories, taking.writes);
    }

    /** Bounded, and of two messages with one id the second is to meet the first in the store. */
    private final class Taking {
        private final List<String> categories = new ArrayList<>();
        private final List<SharedWrite> writes = new ArrayList<>();
        private final Set<UUID> ids = new HashSet<>();
        private long size;

        boolean hasRoom() {
            return writes.size() < MOST_MESSAGES && size < MOST_SIZE;
        }

        /** Answers whether the lane takes part. */
        boolean from(Lane lane) {
            int before = writes.size();
            SharedWrite next = lane.waiting.peek();
            while (next != null && fits(next) && ids.add(next.id())) {
                writes.add(lane.waiting.remove());
                size += next.size();
                count(next, -1);
                next = lane.waiting.peek();
            }
            boolean takesPart = before == 0 || writes.size() > before;
            if (takesPart) {
                categories.add(lane.category);
            }
            return takesPart;
        }

        private boolean fits(SharedWrite write) {
            return writes.isEmpty() || (writes.size() < MOST_MESSAGES && size + write.size() <= MOST_SIZE);
        }
    }

    /**
     * These have been written, but for those that are left: they go first when their category's turn comes, and apart from
     * others.
     *
     * @return those that are left for ever, since the queue was closed
     */
    synchronized List<SharedWrite> done(Flush flush, List<SharedWrite> left) {
        if (!closed) {
            for (int i = left.size() - 1; i >= 0; i--) {
                putBack(left.get(i));
            }
        }
        flush.categories().forEach(this::release);
        return closed ? left : List.of();
    }

    private void putBack(SharedWrite write) {
        Lane lane = lanes.get(write.category());
        if (lane != null) {
            lane.waiting.addFirst(write);
            lane.apart = true;
            count(write, 1);
        }
    }

    /** Nobody waits here any more. Answers who did. */
    synchronized List<SharedWrite> close() {
        closed = true;
        return takeAll(List.copyOf(lanes.keySet()));
    }

    /** Takes out what waits in these categories. */
    synchronized List<SharedWrite> takeAll(Collection<String> categories) {
        List<SharedWrite> taken = new ArrayList<>();
        for (String category : categories) {
            Lane lane = lanes.get(category);
            if (lane != null) {
                taken.addAll(lane.waiting);
                lane.waiting.clear();
            }
        }
        taken.forEach(write -> count(write, -1));
        return taken;
    }
}
