package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.subscription.SubscriptionStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a subscription: reads ahead, hands out to the workers, follows what they have done with, and stores the
 * position. All of it happens on the thread that runs it; workers only raise its signal.
 */
final class Run implements Work.Events {

    /** Whatever there is to do ends a wait; this is for what nobody thought of. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Subscription.Parts parts;
    private final Checkpoint checkpoint;
    private final Trouble trouble;
    private final Consumer<SubscriptionStatus> report;
    private final Signal signal = new Signal();
    private final Parking parking;
    private final AtomicInteger unseen = new AtomicInteger();

    /** Nothing waits to be stored: with the next message that is handled the time begins to run. */
    private volatile boolean firstCounts;

    private volatile boolean stopping;
    private volatile boolean abandoned;
    private volatile @Nullable SubscriptionEndedException endedBy;
    private volatile Lanes lanes;
    private Window window;
    private @Nullable ReadAhead ahead;
    private @Nullable Throwable storeError;
    private long storeAgainAt;

    Run(Subscription.Parts parts, Checkpoint checkpoint, Consumer<SubscriptionStatus> report) {
        this.parts = parts;
        this.checkpoint = checkpoint;
        this.report = report;
        this.trouble = newTrouble();
        this.lanes = newLanes();
        this.window = newWindow();
        this.storeAgainAt = parts.time().nanos();
        this.parking = parts.parking(signal);
    }

    private Trouble newTrouble() {
        return Trouble.of(parts.identity(), parts.options().retries());
    }

    private Lanes newLanes() {
        Handling handling = parts.options().handling();
        Work work = new Work(parts.handler(), handling, parts.executor(), parts.time(), this);
        return new Lanes(handling.workers(), () -> new Lane(work, newTrouble()));
    }

    private Window newWindow() {
        return new Window(parts.options().handling().maxInFlight());
    }

    /** Ends it with the messages being handled, not in the middle of one. */
    void stop() {
        stopping = true;
        lanes.stop();
        signal.raise();
    }

    /** Ends it at once: what is being handled counts as not handled, and nothing is stored any more. */
    void abandon() {
        abandoned = true;
        lanes.abandon();
        stop();
    }

    @Override
    public void handled(int messages) {
        if (unseen.addAndGet(messages) >= enoughToLook() || firstCounts) {
            signal.raise();
        }
    }

    /** Before a save is due, and before the workers run out of messages. */
    private int enoughToLook() {
        return Math.min(
                parts.options().updates().interval(), parts.options().handling().maxInFlight() / 4 + 1);
    }

    @Override
    public void retried(int messages) {
        parts.environment().observer().retried(messages);
    }

    @Override
    public void skipped(int messages) {
        parts.environment().observer().skipped(messages);
    }

    @Override
    public void idle() {
        signal.raise();
    }

    @Override
    public void ended(SubscriptionEndedException reason) {
        endedBy = reason;
        signal.raise();
    }

    /** @throws SubscriptionEndedException if it ended by itself */
    void run() {
        while (!stopping && endedBy == null) {
            pause(turnAtLast());
        }
        end();
        SubscriptionEndedException reason = endedBy;
        report(reason == null ? State.STOPPED : State.FAILED, reason);
        if (reason != null) {
            throw reason;
        }
    }

    /** Whatever happens: only a stop and a reason of its own end a run. */
    private Duration turnAtLast() {
        try {
            return turn();
        } catch (SubscriptionEndedException e) {
            endedBy = e;
        } catch (Throwable e) {
            // Recovering failed too, for want of memory perhaps.
            ahead = null;
            storeError = e;
        }
        return parts.options().retries().delay();
    }

    private void pause(Duration wait) {
        if (wait.isZero() || stopping || endedBy != null) {
            return;
        }
        try {
            parts.time().await(signal, wait);
        } catch (InterruptedException e) {
            // Only a stop ends a run.
        }
    }

    /** Does what there is to do; answers how long there is nothing more, unless the signal is raised. */
    Duration turn() {
        try {
            return step();
        } catch (SubscriptionEndedException e) {
            throw e;
        } catch (Throwable e) {
            // It is not known what was handed out and what was not: all that is not done with is handed out again.
            failed("cannot hand out messages", e);
            startOver();
            return Duration.ZERO;
        }
    }

    private Duration step() {
        unseen.set(0);
        long now = parts.time().nanos();
        advance(now);
        lanes.resume(now);
        if (now - storeAgainAt >= 0) {
            useStore();
        }
        handOut();
        report();
        Progress progress = checkpoint.progress();
        firstCounts = progress != null && !progress.hasMoved();
        return firstCounts && unseen.get() > 0
                ? Duration.ZERO
                : untilNext(parts.time().nanos());
    }

    private void advance(long now) {
        Progress progress = checkpoint.progress();
        if (progress != null) {
            window.advance(progress, now);
        }
    }

    private void useStore() {
        try {
            Progress progress = open();
            saveIfDue(progress);
            ReadAhead reading = ahead;
            if (reading != null && wantsToRead(reading)) {
                reading.read(parts.time());
            }
            trouble.over();
            storeError = null;
        } catch (SubscriptionEndedException e) {
            throw e;
        } catch (Throwable e) {
            failed("cannot read messages or store the position", e);
        }
    }

    private Progress open() {
        Progress progress = checkpoint.progress();
        if (ahead == null || progress == null) {
            progress = checkpoint.open();
            ahead = checkpoint.readAhead(progress, parts.time(), parking);
        }
        return progress;
    }

    private void saveIfDue(Progress progress) {
        if (progress.isSaveDue(parts.time().nanos()) && !abandoned) {
            checkpoint.save(progress);
        }
    }

    private boolean wantsToRead(ReadAhead reading) {
        return reading.isEmpty() && reading.untilPoll(parts.time().nanos()).isZero();
    }

    private void failed(String what, Throwable e) {
        storeAgainAt = parts.time().nanos() + trouble.failed(what, e).toNanos();
        storeError = e;
        try {
            parts.onStoreFailure().accept(e);
        } catch (Throwable unheard) {
            trouble.log("whoever is to be told of failures has failed", unheard);
        }
    }

    /** Not while a save is overdue: no more than so many may come again after a crash. */
    private void handOut() {
        Progress progress = checkpoint.progress();
        ReadAhead reading = ahead;
        if (reading == null || progress == null || progress.isFull() || stopping) {
            return;
        }
        List<Delivery> handedOut = reading.handOut(window);
        if (!handedOut.isEmpty()) {
            lanes.add(handedOut);
        }
        window.advance(progress, parts.time().nanos());
    }

    private Duration untilNext(long now) {
        Duration wait = LONGEST_WAIT;
        Progress progress = checkpoint.progress();
        ReadAhead reading = ahead;
        if (now - storeAgainAt < 0) {
            wait = least(wait, Duration.ofNanos(storeAgainAt - now));
        } else if (progress != null && reading != null) {
            wait = least(wait, progress.untilSaveDue(now).orElse(wait));
            wait = reading.isEmpty() ? least(wait, reading.untilPoll(now)) : wait;
        }
        OptionalLong retryAt = lanes.retryAt();
        return retryAt.isPresent() ? least(wait, Duration.ofNanos(Math.max(0, retryAt.getAsLong() - now))) : wait;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void startOver() {
        quiet();
        lanes.abandon();
        advance(parts.time().nanos());
        window = newWindow();
        lanes = newLanes();
        ahead = null;
        if (stopping) {
            lanes.stop();
        }
    }

    /** No worker begins anything any more, and what they have begun comes to its end. */
    private void quiet() {
        lanes.stop();
        while (lanes.areBusy() && !abandoned) {
            try {
                parts.time().await(signal, LONGEST_WAIT);
            } catch (InterruptedException e) {
                // As in every wait.
            }
        }
    }

    private void end() {
        SubscriptionEndedException reason = endedBy;
        parking.leave();
        report(reason == null ? State.RUNNING : State.FAILED, reason);
        quiet();
        advance(parts.time().nanos());
        if (reason == null || reason instanceof HandlingFailedException) {
            saveAtEnd();
        }
        if (endedBy != null && !(endedBy instanceof HandlingFailedException)) {
            checkpoint.forget();
        }
    }

    private void saveAtEnd() {
        Progress progress = checkpoint.progress();
        if (progress == null || abandoned) {
            return;
        }
        Thread.interrupted();
        try {
            checkpoint.saveAtEnd(progress, window, ahead);
        } catch (SubscriptionEndedException e) {
            endedBy = e;
        }
    }

    private void report() {
        Throwable handlerError = lanes.lastError();
        if (storeError != null) {
            report(State.RECOVERING, storeError);
        } else if (handlerError != null) {
            report(State.RETRYING, handlerError);
        } else {
            report(State.RUNNING, null);
        }
    }

    private void report(State state, @Nullable Throwable error) {
        Progress progress = checkpoint.progress();
        report.accept(new SubscriptionStatus(
                state,
                progress == null ? null : progress.done().position(),
                progress == null ? null : progress.stored().position(),
                error));
    }
}
