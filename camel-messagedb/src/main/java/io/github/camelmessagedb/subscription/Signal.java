package io.github.camelmessagedb.subscription;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes a run that waits. What is raised while nobody waits ends the next wait. */
public final class Signal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean raised;

    /** Ends the present wait, or else the next one. */
    public void raise() {
        if (raised) {
            return;
        }
        lock.lock();
        try {
            raised = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is raised, at most so long, and lowers it. */
    void await(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!raised && left > 0) {
                left = changed.awaitNanos(left);
            }
            raised = false;
        } finally {
            lock.unlock();
        }
    }

    /** Lowers it; answers whether it was raised. */
    boolean take() {
        boolean was = raised;
        raised = false;
        return was;
    }
}
