package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.IdleProbe.Watched;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StreamName;
import java.time.Duration;
import java.util.Optional;

/** Where one subscription waits until an {@link IdleWatch} wakes it. */
final class Parking {

    /** For who always looks for itself. */
    static final Parking NONE = new Parking(IdleWatch.NONE, ReadQuery.ALL, Duration.ofMillis(1), new Signal());

    private final IdleWatch watch;
    private final StreamName name;
    private final Duration pollInterval;
    private final Signal wake;
    private volatile boolean hasArrivals;

    Parking(IdleWatch watch, StreamName name, Duration pollInterval, Signal wake) {
        this.watch = watch;
        this.name = name;
        this.pollInterval = pollInterval;
        this.wake = wake;
    }

    /**
     * Waits to be woken when there is a message after a position, up to which all was read.
     *
     * @return how long until to look all the same; empty where it is not watched, and has to look for itself
     */
    Optional<Duration> park(long position) {
        return watch.park(this, new Watched(name, position))
                ? Optional.of(pollInterval.compareTo(watch.net()) > 0 ? pollInterval : watch.net())
                : Optional.empty();
    }

    boolean isParked() {
        return watch.isParked(this);
    }

    /** Whether it was woken because there was a message after its position. */
    boolean hasArrivals() {
        return hasArrivals;
    }

    void leave() {
        watch.leave(this);
    }

    Duration pollInterval() {
        return pollInterval;
    }

    /** It is parked. */
    void parked() {
        hasArrivals = false;
    }

    /** It is not parked any more. */
    void wake(boolean arrivals) {
        hasArrivals = arrivals;
        wake.raise();
    }
}
