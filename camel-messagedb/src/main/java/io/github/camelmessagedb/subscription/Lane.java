package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One worker: has the messages that it was given handled in their order, a portion at a time. It takes a thread only while
 * there is something to begin; a handler that completes later holds none.
 */
final class Lane implements Runnable {

    private static final Duration MINIMUM_WAIT = Duration.ofMillis(100);

    private final Work work;
    private final Trouble trouble;
    private final Deque<Delivery> queue = new ArrayDeque<>();

    /** Whether it has a thread, or a portion that is being handled. */
    private boolean busy;

    private boolean stopped;
    private boolean abandoned;

    /** So many at the front are given one at a time, because their list failed. */
    private int singles;

    /** When to try again what failed. */
    private @Nullable Long retryAt;

    private @Nullable Throwable lastError;

    /** A portion that is out of the queue and not begun. */
    private @Nullable List<Delivery> taken;

    Lane(Work work, Trouble trouble) {
        this.work = work;
        this.trouble = trouble;
    }

    synchronized void add(List<Delivery> deliveries) {
        queue.addAll(deliveries);
        start();
    }

    /** Goes on with what waited for its time, or for a thread. */
    synchronized void resume(long now) {
        if (retryAt != null && now - retryAt >= 0) {
            retryAt = null;
        }
        start();
    }

    private void start() {
        if (busy || stopped || retryAt != null || queue.isEmpty()) {
            return;
        }
        busy = true;
        try {
            work.executor().execute(this);
        } catch (Throwable e) {
            busy = false;
            throw e;
        }
    }

    @Override
    public void run() {
        try {
            for (List<Delivery> portion = next(); portion != null; portion = next()) {
                if (!handle(portion)) {
                    return;
                }
            }
        } catch (Throwable e) {
            // Such as no memory for what is made around a handling: it has not begun.
            notBegun(e);
        }
    }

    private void notBegun(Throwable failure) {
        synchronized (this) {
            if (taken != null) {
                putBack(taken);
                taken = null;
            }
            retryLater(failure, MINIMUM_WAIT);
            busy = false;
        }
        work.events().idle();
    }

    private @Nullable List<Delivery> next() {
        List<Delivery> portion = take();
        if (portion == null) {
            work.events().idle();
        }
        return portion;
    }

    private synchronized @Nullable List<Delivery> take() {
        if (stopped || retryAt != null || queue.isEmpty()) {
            busy = false;
            return null;
        }
        int count = singles > 0 ? 1 : Math.min(queue.size(), work.handling().batchSize());
        List<Delivery> portion = new ArrayList<>(count);
        taken = portion;
        for (int i = 0; i < count; i++) {
            portion.add(queue.remove());
        }
        return portion;
    }

    /** Answers whether it has come to its end already. */
    private boolean handle(List<Delivery> portion) {
        Attempt attempt = new Attempt(portion);
        begun();
        try {
            work.handler().handle(messages(portion), attempt);
        } catch (Throwable e) {
            attempt.done(e);
        } finally {
            // Meant for what was handled; what this thread does next is not to fail for it.
            Thread.interrupted();
        }
        return attempt.leave();
    }

    private synchronized void begun() {
        taken = null;
    }

    private static List<StoredMessage> messages(List<Delivery> portion) {
        return portion.size() == 1
                ? List.of(portion.get(0).message())
                : portion.stream().map(Delivery::message).toList();
    }

    /** One handling of a portion, until it is told that it is over: in the handler's call, or later. */
    private final class Attempt implements MessageHandler.Completion {

        private final List<Delivery> portion;
        private final AtomicBoolean told = new AtomicBoolean();
        private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CALLED);

        private enum Phase {
            CALLED,
            LEFT,
            OVER
        }

        Attempt(List<Delivery> portion) {
            this.portion = portion;
        }

        /** What failed is back at the head of the queue before the next can be taken, whoever is quicker. */
        @Override
        public void done(@Nullable Throwable failure) {
            if (!told.compareAndSet(false, true)) {
                return;
            }
            try {
                settle(portion, failure);
            } finally {
                if (phase.getAndSet(Phase.OVER) == Phase.LEFT) {
                    goOn();
                }
            }
        }

        boolean leave() {
            return !phase.compareAndSet(Phase.CALLED, Phase.LEFT);
        }
    }

    /** On a thread of its own again, and not on the one that completed. */
    private void goOn() {
        synchronized (this) {
            busy = false;
            try {
                start();
            } catch (RuntimeException | Error e) {
                // Whoever runs the lanes tries again.
                lastError = e;
            }
        }
        work.events().idle();
    }

    private void settle(List<Delivery> portion, @Nullable Throwable failure) {
        if (failure == null) {
            succeeded(portion);
        } else {
            failed(portion, failure);
        }
    }

    private void succeeded(List<Delivery> portion) {
        synchronized (this) {
            if (abandoned) {
                return;
            }
            singles = Math.max(0, singles - portion.size());
            lastError = null;
        }
        portion.forEach(Delivery::done);
        work.events().handled(portion.size());
        trouble.over();
    }

    private void failed(List<Delivery> portion, Throwable failure) {
        synchronized (this) {
            if (abandoned) {
                return;
            }
            if (stopped) {
                putBack(portion);
                return;
            }
        }
        if (portion.size() > 1) {
            oneByOne(portion);
            trouble.log(
                    "failed to handle " + portion.size() + " messages from " + first(portion)
                            + "; gives them one by one",
                    failure);
            work.events().retried(portion.size());
            return;
        }
        switch (work.handling().failurePolicy()) {
            case RETRY -> retry(portion, failure);
            case SKIP -> skip(portion, failure);
            case STOP -> stop(portion, failure);
        }
    }

    private static StoredMessage first(List<Delivery> portion) {
        return portion.get(0).message();
    }

    private synchronized void oneByOne(List<Delivery> portion) {
        putBack(portion);
        singles = portion.size();
    }

    private void retry(List<Delivery> portion, Throwable failure) {
        Duration delay = trouble.nextDelay();
        synchronized (this) {
            putBack(portion);
            retryLater(failure, delay);
        }
        trouble.failed("failed to handle " + first(portion), failure, delay);
        work.events().retried(portion.size());
    }

    private void retryLater(Throwable failure, Duration delay) {
        retryAt = work.time().nanos() + delay.toNanos();
        lastError = failure;
    }

    private void skip(List<Delivery> portion, Throwable failure) {
        synchronized (this) {
            singles = Math.max(0, singles - 1);
        }
        portion.forEach(Delivery::done);
        work.events().handled(1);
        trouble.log("leaves out, because failurePolicy is skip: " + first(portion), failure);
        work.events().skipped(portion.size());
    }

    private void stop(List<Delivery> portion, Throwable failure) {
        synchronized (this) {
            putBack(portion);
            stopped = true;
            lastError = failure;
        }
        work.events().ended(new HandlingFailedException(first(portion), failure));
    }

    private void putBack(List<Delivery> portion) {
        for (int i = portion.size() - 1; i >= 0; i--) {
            queue.addFirst(portion.get(i));
        }
    }

    /** Begins nothing any more. */
    synchronized void stop() {
        stopped = true;
    }

    /** What it is handling counts as not handled, whatever becomes of it. */
    synchronized void abandon() {
        stopped = true;
        abandoned = true;
    }

    synchronized boolean isBusy() {
        return busy;
    }

    /** When it wants to be resumed. */
    synchronized OptionalLong retryAt() {
        return retryAt == null ? OptionalLong.empty() : OptionalLong.of(retryAt);
    }

    /** What it tries again after. */
    synchronized @Nullable Throwable lastError() {
        return lastError;
    }
}
