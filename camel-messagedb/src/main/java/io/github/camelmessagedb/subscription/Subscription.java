package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.subscription.SubscriptionStatus.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Reads messages in order and has them handled.
 *
 * <ul>
 *   <li>At least once: the position moves only over messages that the handler has handled, or that the failure policy or a
 *       filter leaves out, and over none that is still open.
 *   <li>In order: no message is given to the handler before the one before it in its stream is done with.
 *   <li>Bounded repeats: after a crash at most the position interval and the messages in flight come again; after a stop none.
 *   <li>The position is stored every so many messages, at the latest some time after it moved, and at the end of each
 *       run. It is stored, too, before the first message is read, so that a start position is decided once and a second
 *       consumer of the same identity is found out.
 *   <li>Whatever fails, reading or storing, is tried again for ever, with growing waits. A run ends by itself only with a
 *       {@link SubscriptionEndedException}.
 * </ul>
 *
 * <p>It makes no threads: one runs it, and the executor has one for each worker.
 */
public final class Subscription {

    private final Parts parts;
    private final Checkpoint checkpoint;

    /** Those that have not ended, in order; the last is the one that a stop is for. */
    private final Deque<Run> runs = new ArrayDeque<>();

    private boolean running;
    private volatile SubscriptionStatus status = new SubscriptionStatus(State.STOPPED, null, null, null);

    /**
     * What a subscription is made of.
     *
     * @param identity who reads what
     * @param source what it reads
     * @param positions where its position is stored
     * @param handler what handles the messages
     * @param options how it goes about it
     * @param environment what it runs on
     */
    public record Parts(
            SubscriptionIdentity identity,
            Source source,
            PositionStore positions,
            MessageHandler handler,
            SubscriptionOptions options,
            Environment environment) {

        Time time() {
            return environment.time();
        }

        Executor executor() {
            return environment.executor();
        }

        Parking parking(Signal wake) {
            return new Parking(environment.idleWatch(), identity.name(), options.pollInterval(), wake);
        }

        Consumer<Throwable> onStoreFailure() {
            return environment.onStoreFailure();
        }
    }

    /**
     * What a subscription runs on.
     *
     * @param executor runs the workers; must have a thread for each
     * @param time the clock
     * @param onStoreFailure is told of each failure to read or to store, beside the log
     * @param observer is told of what is done
     * @param idleWatch wakes it where it waits for messages
     */
    public record Environment(
            Executor executor,
            Time time,
            Consumer<Throwable> onStoreFailure,
            SubscriptionObserver observer,
            IdleWatch idleWatch) {

        /** Where nobody observes it, and it looks for messages itself. */
        public Environment(Executor executor, Time time, Consumer<Throwable> onStoreFailure) {
            this(executor, time, onStoreFailure, SubscriptionObserver.NONE);
        }

        /** Where it looks for messages itself. */
        public Environment(
                Executor executor, Time time, Consumer<Throwable> onStoreFailure, SubscriptionObserver observer) {
            this(executor, time, onStoreFailure, observer, IdleWatch.NONE);
        }
    }

    /** A subscription that does nothing until it is run. */
    public Subscription(Parts given) {
        this.parts = Observed.of(given);
        this.checkpoint = new Checkpoint(parts.identity(), parts.source(), parts.positions(), parts.options());
    }

    /** How it is doing; safe to ask from any thread. */
    public SubscriptionStatus status() {
        return status;
    }

    /**
     * Makes ready for one more {@link #run}: a {@link #stop} that comes from now on is not lost, even if it comes before the
     * run.
     */
    public synchronized void prepare() {
        runs.add(new Run(parts, checkpoint, newStatus -> status = newStatus));
    }

    /**
     * Asks the run that was prepared last to end: with the messages being handled, not in the middle of them. Does not
     * wait for the end.
     */
    public synchronized void stop() {
        if (!runs.isEmpty()) {
            runs.getLast().stop();
        }
    }

    /**
     * Asks all runs to end and gives up on them, for a handler that does not come back in time: what it is handling counts
     * as not handled, whatever becomes of it, and nothing is stored any more.
     */
    public synchronized void abandon() {
        runs.forEach(Run::abandon);
    }

    /**
     * Reads and has messages handled until {@link #stop} is called, on this thread. It must have been {@link #prepare}d,
     * once for each call, and one call must have returned before the next. Goes on where the stored position is, or where
     * it was if that could not be stored. What has been handled is stored when it returns, unless the store cannot be
     * reached.
     *
     * @throws SubscriptionEndedException if it ended by itself
     * @throws IllegalStateException if it was not prepared, or is running
     */
    public void run() {
        Run run = begin();
        try {
            run.run();
        } catch (SubscriptionEndedException e) {
            throw e;
        } catch (Throwable e) {
            status = new SubscriptionStatus(State.FAILED, status.position(), status.storedPosition(), e);
            throw e;
        } finally {
            end();
        }
    }

    /**
     * Sets the position while nothing runs: the next run begins there, whatever was stored.
     *
     * @return the position that counts as the last that is done with; the next message is the first after it
     * @throws IllegalStateException if it runs, or was prepared to
     * @throws io.github.camelmessagedb.store.MessageDbException if the store cannot be used
     */
    public synchronized long reset(StartPosition to) {
        if (!runs.isEmpty()) {
            throw new IllegalStateException("The " + parts.identity()
                    + " is running: its position can be set while it is suspended or has stopped");
        }
        RecordedPosition target = parts.source().positionBefore(to);
        // What is there is taken over, as at a start.
        parts.positions().load();
        parts.positions().save(target);
        checkpoint.forget();
        status = new SubscriptionStatus(status.state(), target.position(), target.position(), status.lastError());
        return target.position();
    }

    private synchronized Run begin() {
        Run next = runs.peek();
        if (next == null || running) {
            throw new IllegalStateException(
                    "The " + parts.identity() + (running ? " is running" : " was not prepared"));
        }
        running = true;
        return next;
    }

    private synchronized void end() {
        runs.remove();
        running = false;
    }
}
