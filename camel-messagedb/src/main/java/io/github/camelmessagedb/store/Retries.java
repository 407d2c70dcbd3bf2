package io.github.camelmessagedb.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How often and for how long one write is tried again. */
final class Retries {

    /** Each of these meetings is with another transaction that got through; more of them mean that something is wrong. */
    private static final int MOST_CONTENTION = 20;

    private static final long FIRST_PAUSE_MS = 10;
    private static final long LONGEST_PAUSE_MS = 1000;

    private final Duration time;
    private @Nullable Long deadline;
    private int contention;
    private long pause = FIRST_PAUSE_MS;
    private boolean outcomeInDoubt;

    Retries(Duration time) {
        this.time = time;
    }

    /** An attempt was under way when its connection was lost. */
    void doubtOutcome() {
        outcomeInDoubt = true;
    }

    boolean outcomeInDoubt() {
        return outcomeInDoubt;
    }

    /** Whether an attempt met another transaction. */
    boolean metContention() {
        return contention > 0;
    }

    boolean mayRepeatContention() {
        contention++;
        return contention <= MOST_CONTENTION;
    }

    /**
     * Waits a little longer each time; answers false, without waiting, where there is no more time. The time begins with
     * the first pause: what went before may have waited long for a lock.
     */
    boolean pause() {
        long now = System.nanoTime();
        if (deadline == null) {
            deadline = now + time.toNanos();
        }
        if (now - deadline >= 0) {
            return false;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
        return true;
    }
}
