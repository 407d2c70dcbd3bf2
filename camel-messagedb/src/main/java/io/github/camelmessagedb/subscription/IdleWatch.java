package io.github.camelmessagedb.subscription;

import static java.util.Comparator.comparing;

import io.github.camelmessagedb.store.IdleProbe;
import io.github.camelmessagedb.store.IdleProbe.Watched;
import io.github.camelmessagedb.subscription.IdleQuestions.Answer;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a database for all subscriptions that have come to the end of what they read, so that not each of them has to
 * look for itself. They park here, with their positions; whoever has a message to read is woken. While the database cannot
 * be asked nobody can park, and all look for themselves.
 *
 * <p>It makes no thread: it runs on its executor while somebody is parked.
 */
public final class IdleWatch {

    private static final Logger LOG = LoggerFactory.getLogger(IdleWatch.class);

    /** A twentieth of 100 ms is 5 ms: to ask more often costs more, and less often makes messages late. */
    private static final int QUESTIONS_A_POLL = 20;

    /** Where nobody has written for {@link #QUIET_AFTER}: then a message is 4 ms late on average, and 8 at the most. */
    private static final int QUESTIONS_A_QUIET_POLL = 12;

    private static final Duration QUIET_AFTER = Duration.ofSeconds(1);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    /** So often there is a look, whatever the small question says. */
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    /** Whoever is parked looks for itself now and then all the same: nothing hangs on this alone. */
    private static final Duration NET = Duration.ofSeconds(5);

    /** A question that takes longer hangs: it may take for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** With it nobody can park. */
    public static final IdleWatch NONE = none();

    private final IdleQuestions questions;
    private final Executor executor;
    private final Time time;
    private final Net net;
    private final Backoff backoff = new Backoff(FIRST_DELAY, LONGEST_DELAY);
    private final Signal stop = new Signal();

    private final Map<Parking, Watched> parked = new HashMap<>();

    /** Somebody has parked since those who are parked were collected. */
    private boolean mustLook;

    private long lookedAt;

    /** Since then nobody has written, or since somebody began to park. */
    private long quietSince;

    private boolean running;
    private boolean stopped;
    private @Nullable Long askingSince;
    private @Nullable Long askAgainAt;

    /**
     * What is done in any case.
     *
     * @param looks how often the watch looks for all
     * @param ownLooks how often who is parked looks for itself, unless its poll interval is longer
     */
    record Net(Duration looks, Duration ownLooks) {

        /** The same for both. */
        static Net of(Duration both) {
            return new Net(both, both);
        }
    }

    /** Those who are parked at some time. */
    private record Round(Map<Parking, Watched> parked) {

        Set<Watched> watched() {
            return new HashSet<>(parked.values());
        }
    }

    /**
     * A watch of one database.
     *
     * @param executor runs it; must have a thread for it
     */
    public IdleWatch(IdleProbe probe, Executor executor, Time time) {
        this(new IdleQuestions(probe), executor, time, new Net(LOOK_INTERVAL, NET));
    }

    IdleWatch(IdleQuestions questions, Executor executor, Time time, Net net) {
        this.questions = questions;
        this.executor = executor;
        this.time = time;
        this.net = net;
    }

    private static IdleWatch none() {
        IdleWatch none = new IdleWatch(new NoProbe(), task -> {}, Time.SYSTEM);
        none.stop();
        return none;
    }

    /** Is never asked. */
    private static final class NoProbe implements IdleProbe {

        @Override
        public Numbers numbers() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Look look(Set<Watched> watched) {
            throw new UnsupportedOperationException();
        }
    }

    /** How long whoever is parked may go without a look of its own. */
    Duration net() {
        return net.ownLooks();
    }

    /** Wakes all; nobody can park any more. Does not wait for the end of what it asks. */
    public synchronized void stop() {
        stopped = true;
        releaseAll();
        stop.raise();
    }

    synchronized boolean isParked(Parking parking) {
        return parked.containsKey(parking);
    }

    synchronized void leave(Parking parking) {
        parked.remove(parking);
    }

    /**
     * Answers whether it is parked. It was not looked for at this position when all was settled, and so it must be now. Whoever
     * is parked at this position already stays so, and was.
     */
    synchronized boolean park(Parking parking, Watched watched) {
        boolean working = isWorking();
        if (working && watched.equals(parked.get(parking))) {
            return true;
        }
        parked.remove(parking);
        if (!working || !isRunning()) {
            return false;
        }
        parked.put(parking, watched);
        parking.parked();
        mustLook = true;
        return true;
    }

    private boolean isWorking() {
        long now = time.nanos();
        boolean hangs = askingSince != null && now - askingSince > PATIENCE.toNanos();
        return !stopped && !hangs && (askAgainAt == null || now - askAgainAt >= 0);
    }

    private boolean isRunning() {
        try {
            if (!running) {
                executor.execute(this::run);
                running = true;
                quietSince = time.nanos();
            }
        } catch (RuntimeException | Error e) {
            LOG.debug("Cannot watch for idle consumers, who look for themselves", e);
        }
        return running;
    }

    private void run() {
        boolean ended = false;
        try {
            Optional<Duration> wait = step();
            while (wait.isPresent()) {
                pause(wait.get());
                wait = step();
            }
            ended = true;
        } finally {
            if (!ended) {
                broken();
            }
        }
    }

    /** Whoever parks next begins it anew. */
    private synchronized void broken() {
        running = false;
        releaseAll();
    }

    private void pause(Duration wait) {
        try {
            time.await(stop, wait);
        } catch (InterruptedException e) {
            // Only a stop ends it, or that nobody is parked.
        }
    }

    /** Asks once; answers how long to wait then, or nothing where nobody is parked: it ends. */
    Optional<Duration> step() {
        Optional<Duration> wait = begin();
        if (wait.isPresent()) {
            ask();
        }
        return wait;
    }

    private void ask() {
        try {
            if (isLookDue() || questions.mayHaveArrivals()) {
                Round round = collect();
                answered(round, questions.look(round.watched()));
            }
            worked(questions.isUnchanged());
        } catch (Throwable e) {
            failed(e);
        }
    }

    private synchronized Optional<Duration> begin() {
        if (stopped || parked.isEmpty()) {
            running = false;
            return Optional.empty();
        }
        long now = time.nanos();
        askingSince = now;
        Duration pollInterval = Collections.min(parked.keySet(), comparing(Parking::pollInterval))
                .pollInterval();
        boolean quiet = now - quietSince >= QUIET_AFTER.toNanos();
        Duration wait = pollInterval.dividedBy(quiet ? QUESTIONS_A_QUIET_POLL : QUESTIONS_A_POLL);
        return Optional.of(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
    }

    private synchronized boolean isLookDue() {
        return mustLook || time.nanos() - lookedAt >= net.looks().toNanos();
    }

    /** Whoever parks after this is looked for in the next round. */
    private synchronized Round collect() {
        mustLook = false;
        lookedAt = time.nanos();
        return new Round(Map.copyOf(parked));
    }

    private synchronized void answered(Round round, Answer answer) {
        round.parked().forEach((parking, watched) -> {
            boolean arrived = answer.arrived().contains(watched);
            if ((arrived || answer.rewound()) && parked.remove(parking, watched)) {
                parking.wake(arrived);
            }
        });
    }

    private synchronized void worked(boolean unchanged) {
        if (!unchanged) {
            quietSince = time.nanos();
        }
        askingSince = null;
        askAgainAt = null;
        backoff.reset();
    }

    /** That the database is away is said by those who now look for themselves. */
    private synchronized void failed(Throwable failure) {
        Duration delay = backoff.next();
        askingSince = null;
        askAgainAt = time.nanos() + delay.toNanos();
        releaseAll();
        LOG.debug("Cannot watch for idle consumers, who look for themselves for {} ms", delay.toMillis(), failure);
    }

    private void releaseAll() {
        Map<Parking, Watched> released = Map.copyOf(parked);
        parked.clear();
        released.keySet().forEach(parking -> parking.wake(false));
    }
}
