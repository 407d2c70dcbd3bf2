package io.github.camelmessagedb.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers what became of their writes, on threads of an executor. What a caller does then may take long, or wait for
 * what another one is told: whoever tells one has seen to it that the next can be told meanwhile. As most do little, a few
 * threads tell all; one for each would cost more than the write.
 */
final class Telling {

    private final Executor executor;
    private final Deque<SharedWrite> untold = new ArrayDeque<>();

    /** Whether a thread is on its way that has told nobody yet. */
    private boolean coming;

    Telling(Executor executor) {
        this.executor = executor;
    }

    /** Has them told, in this order. */
    void tell(Collection<SharedWrite> settled) {
        boolean start;
        synchronized (this) {
            untold.addAll(settled);
            start = callForThread();
        }
        if (start) {
            execute(this::run);
        }
    }

    private boolean callForThread() {
        boolean needed = !coming && !untold.isEmpty();
        coming |= needed;
        return needed;
    }

    private void run() {
        synchronized (this) {
            coming = false;
        }
        SharedWrite next = next();
        while (next != null) {
            next.tell();
            next = next();
        }
    }

    private @Nullable SharedWrite next() {
        SharedWrite next;
        boolean start;
        synchronized (this) {
            next = untold.poll();
            start = callForThread();
        }
        if (start && !isTaken(this::run)) {
            // This thread tells the others, too, when it has told this one.
            synchronized (this) {
                coming = false;
            }
        }
        return next;
    }

    /** An executor that has been shut down, or gets no more threads, leaves nobody untold. */
    void execute(Runnable task) {
        if (!isTaken(task)) {
            task.run();
        }
    }

    private boolean isTaken(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            return false;
        }
    }
}
