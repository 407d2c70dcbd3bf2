package io.github.camelmessagedb.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has single messages that many callers write at the same time share transactions, each with an outcome of its own, as
 * {@link MessageWriter} describes it: what fails for one caller does not fail for another. Nobody waits for company: a
 * caller who meets nobody writes at once, on its own thread; who comes while a message of the same category is being
 * written goes together with all that have come by then.
 *
 * <p>Messages of a category are written in the order in which they came. A transaction has messages of one category, so
 * that it waits for no second lock while it holds one; at most 256, and about a mebibyte.
 *
 * <p>What waits is bounded, too. Who comes when there are 10,000 messages or 32 Mi characters waiting writes on its own
 * thread, and waits there for the category's lock and for a connection.
 *
 * <p>Not for a thread that is in somebody else's transaction: what is written here is not part of it.
 */
public final class WriteCoalescer implements AutoCloseable {

    static final int MOST_MESSAGES = 256;
    static final long MOST_SIZE = 1L << 20;
    static final int MOST_WAITING = 10_000;
    private static final long MOST_WAITING_SIZE = 1L << 25;

    /** More would wait for the disk and for processors of the server side by side, with fewer messages in each. */
    private static final int MOST_AT_ONCE = 4;

    private final SharedWriter writer;
    private final MessageWriter direct;
    private final Telling telling;

    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> ready = new ArrayDeque<>();
    private int running;
    private int waiting;
    private long waitingSize;
    private boolean closed;

    /**
     * Coalesces the writes to a store.
     *
     * @param executor for what is written for several callers, and for what they do with the outcome; it must have a thread
     *     for each task, for a caller may wait for another
     */
    WriteCoalescer(SharedWriter writer, MessageWriter direct, Executor executor) {
        this.writer = writer;
        this.direct = direct;
        this.telling = new Telling(executor);
    }

    /** The messages of a category that wait, and whether somebody sees to them. */
    private static final class Lane {
        private final String category;
        private final Deque<SharedWrite> waiting = new ArrayDeque<>();

        Lane(String category) {
            this.category = category;
        }
    }

    /**
     * Writes a message.
     *
     * @return is done with the message's position in its stream, or fails with what {@link MessageWriter#write(NewMessage,
     *     ExpectedVersion)} throws. It is done when this returns, if this thread wrote; otherwise it becomes so on a thread
     *     of the executor
     */
    public CompletableFuture<Long> write(NewMessage message, ExpectedVersion expectedVersion) {
        return write(message, expectedVersion, ignored -> {});
    }

    /**
     * The same for somebody who wants to know of a message that is not written because one with its id is there which has
     * other data.
     *
     * @param whereDifferent as {@link MessageWriter#write(List, Map, Consumer)} has it
     */
    public CompletableFuture<Long> write(
            NewMessage message, ExpectedVersion expectedVersion, Consumer<MessageLocation> whereDifferent) {
        SharedWrite write = new SharedWrite(message, expectedVersion, whereDifferent);
        switch (enter(write)) {
            case ALONE -> writeAlone(write);
            case FIRST -> {
                try {
                    writeAlone(write);
                } finally {
                    handOver(write.category());
                }
            }
            case WAITS -> {
                // Who writes now, or a thread of the executor that was asked for, goes on with it.
            }
        }
        return write.outcome();
    }

    private enum Turn {
        /** Now, beside whatever else is written. */
        ALONE,
        /** Now, and what comes meanwhile waits. */
        FIRST,
        WAITS
    }

    private synchronized Turn enter(SharedWrite write) {
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
        waiting++;
        waitingSize += write.size();
        return Turn.WAITS;
    }

    private void writeAlone(SharedWrite write) {
        try {
            write.writeBy(direct);
        } catch (RuntimeException | Error e) {
            write.failed(e);
        }
        write.tell();
    }

    /** This thread has written its own message; whatever waits is written by others. */
    private void handOver(String category) {
        Lane next = afterWriting(category);
        if (next != null) {
            telling.execute(() -> writeReady(next));
        }
    }

    private void writeReady(Lane first) {
        Lane lane = first;
        while (lane != null) {
            List<SharedWrite> writes = take(lane);
            MessageDbException notConnected = writeTogether(writes);
            if (notConnected != null) {
                refuse(takeAll(List.of(lane)), notConnected);
            }
            Lane next = afterWriting(lane.category);
            telling.tell(writes);
            lane = next;
        }
    }

    private @Nullable MessageDbException writeTogether(List<SharedWrite> writes) {
        try {
            return writer.write(writes);
        } catch (RuntimeException | Error e) {
            writes.forEach(write -> write.failed(e));
            return null;
        }
    }

    private synchronized List<SharedWrite> take(Lane lane) {
        List<SharedWrite> taken = new ArrayList<>();
        Set<UUID> ids = new HashSet<>();
        long size = 0;
        SharedWrite next = lane.waiting.peek();
        // Of two with one id, the second is to meet the first in the store.
        while (next != null
                && taken.size() < MOST_MESSAGES
                && (taken.isEmpty() || size + next.size() <= MOST_SIZE)
                && ids.add(next.id())) {
            taken.add(lane.waiting.remove());
            size += next.size();
            next = lane.waiting.peek();
        }
        waiting -= taken.size();
        waitingSize -= size;
        return taken;
    }

    /** The category whose turn is next, if any: in turns, so that none waits for another to run dry. */
    private synchronized @Nullable Lane afterWriting(String category) {
        Lane lane = lanes.get(category);
        if (lane != null && lane.waiting.isEmpty()) {
            lanes.remove(category);
        } else if (lane != null) {
            ready.add(lane);
        }
        Lane next = ready.poll();
        if (next == null) {
            running--;
        }
        return next;
    }

    /**
     * Ends the sharing. What waits is not written and fails with a {@link StoreUnavailableException}; what is being written
     * gets its outcome. Who writes afterwards does so alone.
     */
    @Override
    public void close() {
        List<SharedWrite> waited;
        synchronized (this) {
            closed = true;
            waited = takeAll(lanes.values());
        }
        refuse(
                waited,
                new StoreUnavailableException(
                        "Not written: writing was stopped before the message's turn", null, null));
    }

    private synchronized List<SharedWrite> takeAll(Collection<Lane> of) {
        List<SharedWrite> taken = new ArrayList<>();
        for (Lane lane : of) {
            taken.addAll(lane.waiting);
            lane.waiting.clear();
        }
        waiting -= taken.size();
        waitingSize -= taken.stream().mapToLong(SharedWrite::size).sum();
        return taken;
    }

    private void refuse(List<SharedWrite> writes, MessageDbException failure) {
        writes.forEach(write -> write.failed(failure));
        telling.tell(writes);
    }
}
