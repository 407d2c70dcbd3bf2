package io.github.camelmessagedb.subscription;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription whose messages are taken one after the other by whoever asks for them, and settled later. It does its work
 * on the threads that call it, and has none of its own.
 *
 * <ul>
 *   <li>At least once: the position moves only over a run of messages without a hole that were settled as handled. What was
 *       settled as failed is given again, and what was never settled comes again after a restart.
 *   <li>In order: while a taker has a message, the later messages of its stream are given to nobody else.
 *   <li>No more are taken at once than may be in flight.
 *   <li>The position is stored before the first message is read, when it is due at the next call, and when the last user
 *       leaves, or settles what it had when it left.
 * </ul>
 *
 * <p>Safe for use by many threads; while one of them waits for the database, the others wait for it.
 */
public final class PulledSubscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    /** Whatever there is to do ends a wait; this is for what nobody thought of. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Parts parts;
    private final Checkpoint checkpoint;
    private final Trouble trouble;
    private final Window window;
    private final Offer offer = new Offer();
    private final Set<Signal> waiting = ConcurrentHashMap.newKeySet();

    private int users;
    private boolean over;
    private @Nullable ReadAhead ahead;
    private @Nullable SubscriptionEndedException endedBy;
    private long storeAgainAt;

    /**
     * What it is made of.
     *
     * @param identity who reads what
     * @param source what it reads
     * @param positions where its position is stored; nobody else uses the object
     * @param options how it goes about it; of the handling only how many may be in flight counts
     * @param time the clock
     */
    public record Parts(
            SubscriptionIdentity identity,
            Source source,
            PositionStore positions,
            SubscriptionOptions options,
            Time time) {}

    /**
     * Somebody wants messages.
     *
     * @param taker who; the messages of a stream are for one taker at a time
     * @param atMost how many at once
     * @param patience how long to wait for one; zero looks once
     * @param goesOn whether to wait on, asked now and then
     */
    public record Request(Object taker, int atMost, Duration patience, BooleanSupplier goesOn) {}

    /** A subscription that does nothing until something is taken. */
    public PulledSubscription(Parts parts) {
        this.parts = parts;
        this.checkpoint = new Checkpoint(parts.identity(), parts.source(), parts.positions(), parts.options());
        this.trouble = Trouble.of(parts.identity(), parts.options().retries());
        this.window = new Window(parts.options().handling().maxInFlight());
        this.storeAgainAt = parts.time().nanos();
    }

    /** One more uses it. Answers false if it is over: then another one is to be made. */
    public synchronized boolean join() {
        if (!over) {
            users++;
        }
        return !over;
    }

    /** One less uses it. With the last one the position is stored; what is not settled yet may still be. */
    public void leave() {
        synchronized (this) {
            users--;
            endIfLeft();
        }
        wake();
    }

    /** Whether nobody uses it any more, and nothing is left to be settled. */
    public synchronized boolean isOver() {
        return over;
    }

    /** Has those who wait look whether they are to go on. */
    public void wake() {
        waiting.forEach(Signal::raise);
    }

    /**
     * Takes messages.
     *
     * @return null if there were none in time, or there was no waiting on
     * @throws SubscriptionEndedException if it has ended; it stays so until all users have left
     * @throws io.github.camelmessagedb.store.MessageDbException if the store cannot be used
     */
    public @Nullable Taken take(Request request) throws InterruptedException {
        long since = parts.time().nanos();
        Signal signal = new Signal();
        waiting.add(signal);
        try {
            Taken taken = next(request, true);
            while (taken == null && waited(request, signal, since)) {
                taken = next(request, false);
            }
            return taken;
        } finally {
            waiting.remove(signal);
        }
    }

    /** Answers whether it is worth another try. */
    private boolean waited(Request request, Signal signal, long since) throws InterruptedException {
        if (!request.goesOn().getAsBoolean()) {
            return false;
        }
        long now = parts.time().nanos();
        Duration untilNext = untilNext(now);
        Duration left = request.patience().minusNanos(now - since);
        boolean hasTime = !left.isNegative() && !left.isZero();
        if (untilNext.isZero()) {
            // It has not come to the end yet: that is no waiting, for those who do not want to wait.
            return hasTime || request.patience().isZero();
        }
        if (!hasTime) {
            return false;
        }
        parts.time().await(signal, untilNext.compareTo(left) < 0 ? untilNext : left);
        return true;
    }

    private synchronized @Nullable Taken next(Request request, boolean mustLook) {
        if (endedBy != null) {
            throw endedBy;
        }
        try {
            Progress progress = open();
            if (progress.isSaveDue(parts.time().nanos())) {
                save(progress);
            }
            Taken taken = offered(progress, request);
            return taken == null && lookFurther(mustLook) ? offered(progress, request) : taken;
        } catch (SubscriptionEndedException e) {
            ended(e);
            throw e;
        }
    }

    private Progress open() {
        Progress progress = checkpoint.progress();
        if (progress == null) {
            progress = checkpoint.open();
            ahead = checkpoint.readAhead(progress, parts.time(), Parking.NONE);
        }
        return progress;
    }

    private void save(Progress progress) {
        checkpoint.save(progress);
        saved();
    }

    private void saved() {
        trouble.over();
        storeAgainAt = parts.time().nanos();
    }

    private @Nullable Taken offered(Progress progress, Request request) {
        if (ahead != null) {
            offer.add(ahead.handOut(window));
            window.advance(progress, parts.time().nanos());
        }
        List<Delivery> taken = offer.take(request.taker(), request.atMost());
        return taken.isEmpty() ? null : new Taken(taken);
    }

    private boolean lookFurther(boolean mustLook) {
        long now = parts.time().nanos();
        ReadAhead reading = ahead;
        if (reading == null
                || !reading.isEmpty()
                || !(mustLook || reading.untilPoll(now).isZero())) {
            return false;
        }
        reading.read(parts.time());
        return true;
    }

    private synchronized Duration untilNext(long now) {
        ReadAhead reading = ahead;
        if (reading == null || !reading.isEmpty()) {
            return LONGEST_WAIT;
        }
        Duration untilPoll = reading.untilPoll(now);
        return untilPoll.compareTo(LONGEST_WAIT) < 0 ? untilPoll : LONGEST_WAIT;
    }

    /**
     * Settles what has become of messages, all at once: nobody else is given one of them in between. What was settled
     * before is left alone. Where the position has to be stored and cannot be, that is logged, and tried again.
     *
     * @param handled are done with
     * @param failed are to be given again
     */
    public void settle(List<Taken> handled, List<Taken> failed) {
        synchronized (this) {
            handled.stream().filter(Taken::settle).forEach(taken -> offer.handled(taken.deliveries()));
            failed.stream().filter(Taken::settle).forEach(taken -> offer.failed(taken.deliveries()));
            Progress progress = checkpoint.progress();
            if (progress != null && endedBy == null) {
                window.advance(progress, parts.time().nanos());
                saveIfDue(progress);
            }
            endIfLeft();
        }
        wake();
    }

    private void saveIfDue(Progress progress) {
        long now = parts.time().nanos();
        if (users == 0 || !progress.isSaveDue(now) || now - storeAgainAt < 0) {
            return;
        }
        try {
            save(progress);
        } catch (SubscriptionEndedException e) {
            ended(e);
        } catch (Throwable e) {
            storeAgainAt = now + trouble.failed("cannot store the position", e).toNanos();
        }
    }

    private void ended(SubscriptionEndedException reason) {
        endedBy = reason;
        LOG.error("The {} has ended: {}", parts.identity(), reason.getMessage());
    }

    private void endIfLeft() {
        if (users > 0) {
            return;
        }
        Progress progress = checkpoint.progress();
        if (endedBy == null && progress != null) {
            saveAtEnd(progress);
        }
        over = endedBy != null || offer.isNothingTaken();
    }

    private void saveAtEnd(Progress progress) {
        try {
            if (checkpoint.saveAtEnd(progress, window, ahead)) {
                saved();
            }
        } catch (SubscriptionEndedException e) {
            ended(e);
        }
    }
}
