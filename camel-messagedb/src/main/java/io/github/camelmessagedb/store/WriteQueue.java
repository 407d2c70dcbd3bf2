package io.github.camelmessagedb.store;

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

    /** More would wait for the disk and for processors of the server side by side, with fewer messages in each. */
    private static final int MOST_AT_ONCE = 4;

    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> ready = new ArrayDeque<>();
    private int running;
    private int waiting;
    private long waitingSize;
    private boolean closed;

    /** The messages of a category that wait, and whether they have to be written apart from those of other categories. */
    private static final class Lane {
        private final String category;
        private final Deque<SharedWrite> waiting = new ArrayDeque<>();
        private boolean apart;

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
        WAITS
    }

    /**
     * What is written together, with different ids.
     *
     * @param categories of the writes, whose other messages wait until it is {@link #done}
     */
    record Flush(List<String> categories, List<SharedWrite> writes) {}

    synchronized Turn enter(SharedWrite write) {
        if (closed || waiting >= MOST_WAITING || waitingSize >= MOST_WAITING_SIZE) {
            return Turn.ALONE;
        }
        Lane lane = lanes.get(write.category());
        if (lane == null) {
            lane = new Lane(write.category());
            lanes.put(write.category(), lane);
            if (running < MOST_AT_ONCE) {
                running++;
                return Turn.FIRST;
            }
            ready.add(lane);
        }
        lane.waiting.add(write);
        count(write, 1);
        return Turn.WAITS;
    }

    private void count(SharedWrite write, int more) {
        waiting += more;
        waitingSize += more * write.size();
    }

    /** Who was first has written. Answers whether somebody has to come and go on with {@link #next}. */
    synchronized boolean leave(String category) {
        release(category);
        if (ready.isEmpty()) {
            running--;
            return false;
        }
        return true;
    }

    private void release(String category) {
        Lane lane = lanes.get(category);
        if (lane != null && lane.waiting.isEmpty()) {
            lanes.remove(category);
        } else if (lane != null) {
            ready.add(lane);
        }
    }

    /**
     * What is to be written next, by whoever writes; if there is nothing, it has left. Categories take turns, so that none
     * waits for another to run dry.
     */
    synchronized @Nullable Flush next() {
        Lane first = ready.poll();
        if (first == null) {
            running--;
            return null;
        }
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
