package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.subscription.SubscriptionStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads messages in order and has them handled, one after the other, on the thread that runs it.
 *
 * <ul>
 *   <li>At least once: the position moves past a message only after the handler returned for it.
 *   <li>In order: a message that fails is given again, with growing waits, before anything after it.
 *   <li>The position is stored every so many messages, at the latest some time after it moved, and at the end of each
 *       run. It is stored, too, before the first message is read, so that a start position is decided once and a second
 *       consumer of the same identity is found out.
 *   <li>Whatever fails, reading or storing, is tried again for ever, with growing waits. Only the loss of the position to
 *       another consumer ends a run.
 * </ul>
 */
public final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration FIRST_IDLE_WAIT = Duration.ofMillis(1);

    private final SubscriptionIdentity identity;
    private final Source source;
    private final PositionStore positions;
    private final MessageHandler handler;
    private final SubscriptionOptions options;
    private final Time time;

    private final Trouble storeTrouble;
    private final Trouble handlerTrouble;
    private CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Progress progress;
    private boolean claimed;
    private volatile boolean abandoned;
    private Duration idleWait = FIRST_IDLE_WAIT;
    private volatile SubscriptionStatus status = new SubscriptionStatus(State.STOPPED, null, null, null);

    /** A subscription that does nothing until it is run. */
    public Subscription(
            SubscriptionIdentity identity,
            Source source,
            PositionStore positions,
            MessageHandler handler,
            SubscriptionOptions options,
            Time time) {
        this.identity = identity;
        this.source = source;
        this.positions = positions;
        this.handler = handler;
        this.options = options;
        this.time = time;
        this.storeTrouble = new Trouble(LOG, identity.toString(), backoff());
        this.handlerTrouble = new Trouble(LOG, identity.toString(), backoff());
    }

    private Backoff backoff() {
        return new Backoff(options.retryDelay(), options.maxRetryDelay());
    }

    /** How it is doing; safe to ask from any thread. */
    public SubscriptionStatus status() {
        return status;
    }

    /**
     * Makes ready for a {@link #run}: a {@link #stop} that comes from now on is not lost, even if it comes before the
     * run.
     */
    public synchronized void prepare() {
        stop = new CountDownLatch(1);
    }

    /** Asks a run to end: with the message being handled, not in the middle of it. Does not wait for the end. */
    public synchronized void stop() {
        stop.countDown();
    }

    /**
     * Asks a run to end and gives up on it, for a handler that does not come back in time: what it is handling counts as
     * not handled, whatever becomes of it, and nothing is stored any more. It cannot be run again.
     */
    public void abandon() {
        abandoned = true;
        stop();
    }

    /**
     * Reads and handles until {@link #stop} is called. May be called again after it has returned; it then goes on where
     * the stored position is, or where it was if that could not be stored. What has been handled is stored when it
     * returns, unless the store cannot be reached.
     *
     * @throws OwnershipLostException if another consumer of the same identity has taken over
     */
    public void run() {
        CountDownLatch signal = signal();
        claimed = false;
        report(State.RUNNING, null);
        try {
            while (signal.getCount() > 0) {
                try {
                    step(signal);
                } catch (OwnershipLostException e) {
                    throw e;
                } catch (InterruptedException e) {
                    // Only a stop ends a run; the interrupted work is taken up again.
                } catch (Throwable e) {
                    recover(e, signal);
                }
            }
            saveAtEnd();
            report(State.STOPPED, null);
        } catch (OwnershipLostException e) {
            report(State.FAILED, e);
            progress = null;
            throw e;
        }
    }

    private synchronized CountDownLatch signal() {
        return stop;
    }

    private void recover(Throwable e, CountDownLatch signal) {
        Duration delay = storeTrouble.failed("cannot read messages or store the position", e);
        report(State.RECOVERING, e);
        try {
            time.await(signal, delay);
        } catch (InterruptedException interrupted) {
            // As above.
        }
    }

    private void step(CountDownLatch signal) throws InterruptedException {
        Progress at = opened();
        saveIfDue(at);
        Page page = source.read(at.next());
        storeTrouble.over();
        report(State.RUNNING, null);
        for (List<StoredMessage> portion : portions(page.messages())) {
            if (!handle(portion, at, signal)) {
                return;
            }
            at.handled(portion, time.nanos());
            report(State.RUNNING, null);
            saveIfDue(at);
        }
        at.passedTo(page.nextPosition(), page.lastId(), time.nanos());
        saveIfDue(at);
        if (page.messages().isEmpty() && page.endReached()) {
            waitIdle(at, signal);
        } else {
            idleWait = FIRST_IDLE_WAIT;
        }
    }

    private List<List<StoredMessage>> portions(List<StoredMessage> messages) {
        if (options.batching()) {
            return messages.isEmpty() ? List.of() : List.of(messages);
        }
        return messages.stream().map(List::of).toList();
    }

    /** Where it was, or where it is to begin; stored at once in each run, so that nobody else can run unnoticed. */
    private Progress opened() {
        Progress at = progress;
        if (at != null && claimed) {
            return at;
        }
        if (at != null && at.hasMoved()) {
            save(at);
        } else {
            RecordedPosition start = positions.load().orElseGet(() -> source.positionBefore(options.startPosition()));
            at = new Progress(options, !identity.name().isCategory(), start);
            save(at);
            progress = at;
        }
        claimed = true;
        LOG.info("{}: starts after position {}", identity, at.done().position());
        return at;
    }

    /** Until it works; false if it has to stop before. */
    private boolean handle(List<StoredMessage> messages, Progress at, CountDownLatch signal)
            throws InterruptedException {
        while (signal.getCount() > 0) {
            try {
                handler.handle(messages);
                handlerTrouble.over();
                return !abandoned;
            } catch (Throwable e) {
                if (signal.getCount() == 0) {
                    return false;
                }
                Duration delay = handlerTrouble.failed("failed to handle " + describe(messages), e);
                report(State.RETRYING, e);
                pause(delay, at, signal);
            } finally {
                // Meant for what was handled; what is read or stored next is not to fail for it.
                Thread.interrupted();
            }
        }
        return false;
    }

    private static String describe(List<StoredMessage> messages) {
        return messages.size() == 1
                ? messages.get(0).toString()
                : messages.size() + " messages from " + messages.get(0);
    }

    private void waitIdle(Progress at, CountDownLatch signal) throws InterruptedException {
        pause(idleWait, at, signal);
        Duration doubled = idleWait.multipliedBy(2);
        idleWait = doubled.compareTo(options.pollInterval()) > 0 ? options.pollInterval() : doubled;
    }

    /** Waits, and stores the position when that falls due meanwhile. */
    private void pause(Duration atMost, Progress at, CountDownLatch signal) throws InterruptedException {
        long end = time.nanos() + atMost.toNanos();
        while (true) {
            long now = time.nanos();
            Duration left = Duration.ofNanos(Math.max(0, end - now));
            Optional<Duration> untilSave = at.untilSaveDue(now).filter(wait -> wait.compareTo(left) < 0);
            if (time.await(signal, untilSave.orElse(left)) || untilSave.isEmpty()) {
                return;
            }
            saveIfDue(at);
        }
    }

    private void saveIfDue(Progress at) {
        if (at.isSaveDue(time.nanos())) {
            save(at);
        }
    }

    private void save(Progress at) {
        if (abandoned) {
            return;
        }
        positions.save(at.done());
        at.saved();
    }

    private void saveAtEnd() {
        Progress at = progress;
        if (at == null || !at.hasMoved() || abandoned) {
            return;
        }
        Thread.interrupted();
        try {
            save(at);
        } catch (OwnershipLostException e) {
            throw e;
        } catch (Throwable e) {
            LOG.warn(
                    "{}: the position {} could not be stored at the end; what comes after {} will be handled again",
                    identity,
                    at.done().position(),
                    at.stored().position(),
                    e);
        }
    }

    private void report(State state, @Nullable Throwable error) {
        Progress at = progress;
        status = new SubscriptionStatus(
                state,
                at == null ? null : at.done().position(),
                at == null ? null : at.stored().position(),
                error);
    }
}
