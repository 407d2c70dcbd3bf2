package io.github.camelmessagedb.subscription;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double from a first one to a longest one, each with up to a quarter less, so that many do not wake at once. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    Duration next() {
        Duration delay = next;
        Duration doubled = delay.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        long nanos = delay.toNanos();
        return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 4 + 1));
    }

    void reset() {
        next = first;
    }
}
