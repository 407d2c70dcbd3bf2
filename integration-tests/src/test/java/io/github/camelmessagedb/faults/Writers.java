package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.OutcomeUnknownException;
import io.github.camelmessagedb.store.StoreUnavailableException;
import io.github.camelmessagedb.testing.Oracle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Several writers, each to streams of its own and to shared ones. What fails they write again, with the same ids. */
final class Writers {

    static final int STREAMS = 8;

    /** How many written messages may wait to be handled before all writers wait. */
    static final int FARTHEST_AHEAD = 150;

    private static final int WRITERS = 3;
    private static final int LARGEST_BATCH = 4;
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final MessageStore store;
    private final Oracle oracle;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;

    Writers(MessageStore store, Oracle oracle) {
        this.store = store;
        this.oracle = oracle;
    }

    void start(long seed) {
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            Thread thread = new Thread(() -> write(number, new Random(seed + number)), "writer-" + i);
            thread.setUncaughtExceptionHandler((dead, error) -> failure = error);
            thread.start();
            threads.add(thread);
        }
    }

    private void write(int number, Random random) {
        while (!stopped) {
            List<NewMessage> batch = new ArrayList<>();
            for (int n = 1 + random.nextInt(LARGEST_BATCH); n > 0; n--) {
                int stream = random.nextBoolean() ? number : random.nextInt(STREAMS);
                batch.add(NewMessage.of("account-" + stream, "Written", Integer.toString(n)));
            }
            write(batch);
            while (!stopped && oracle.acknowledged() - oracle.handled() > FARTHEST_AHEAD) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Until they are written, or all is to end: then some may be there that were never acknowledged. */
    private void write(List<NewMessage> batch) {
        while (!stopped) {
            try {
                writeOnce(batch);
                return;
            } catch (StoreUnavailableException | OutcomeUnknownException e) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    List<Long> writeOnce(List<NewMessage> batch) {
        return write(batch, store);
    }

    private List<Long> write(List<NewMessage> batch, MessageStore to) {
        batch.forEach(oracle::attempts);
        List<Long> positions = to.writer().write(batch, Map.of());
        acknowledge(batch, positions);
        return positions;
    }

    private void acknowledge(List<NewMessage> batch, List<Long> positions) {
        for (int i = 0; i < batch.size(); i++) {
            oracle.acknowledges(batch.get(i), positions.get(i));
        }
    }

    /** To each stream, with another store, which must work. */
    List<NewMessage> writeOneForEachStream(MessageStore working) {
        List<NewMessage> messages = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            messages.add(NewMessage.of("account-" + i, "Written", "\"after\""));
        }
        write(messages, working);
        return messages;
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure != null) {
            throw new AssertionError("A writer failed", failure);
        }
    }
}
