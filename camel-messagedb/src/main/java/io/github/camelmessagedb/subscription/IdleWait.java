package io.github.camelmessagedb.subscription;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a reader that has found nothing looks again: when it is woken where it can park, or else after a while, longer each
 * time.
 */
final class IdleWait {

    private static final Duration FIRST = Duration.ofMillis(1);

    private final Duration pollInterval;
    private final Parking parking;
    private Duration next = FIRST;
    private long until;
    private boolean waitsParked;
    private long parkedAt;

    /** Where it was woken and could not read what it was woken for: it looks for itself until it has come further. */
    private @Nullable Long wokenInVainAt;

    IdleWait(Duration pollInterval, Parking parking, long now) {
        this.pollInterval = pollInterval;
        this.parking = parking;
        this.until = now;
        parking.leave();
    }

    Duration left(long now) {
        return wasWoken() ? Duration.ZERO : Duration.ofNanos(Math.max(0, until - now));
    }

    private boolean wasWoken() {
        return waitsParked && !parking.isParked();
    }

    /** There was nothing to read after a position, to the end. */
    void foundNothing(long position, long now) {
        if (wasWoken() && parking.hasArrivals() && position == parkedAt) {
            wokenInVainAt = position;
        }
        Optional<Duration> parked = isInVain(position) ? Optional.empty() : parking.park(position);
        waitsParked = parked.isPresent();
        parkedAt = position;
        until = now + parked.orElse(next).toNanos();
        next = parked.isPresent() ? FIRST : longer();
    }

    private boolean isInVain(long position) {
        return wokenInVainAt != null && wokenInVainAt == position;
    }

    private Duration longer() {
        Duration doubled = next.multipliedBy(2);
        return doubled.compareTo(pollInterval) > 0 ? pollInterval : doubled;
    }

    /** There may be more at once. */
    void foundSomething(long now) {
        if (waitsParked) {
            parking.leave();
            waitsParked = false;
        }
        until = now;
        next = FIRST;
    }
}
