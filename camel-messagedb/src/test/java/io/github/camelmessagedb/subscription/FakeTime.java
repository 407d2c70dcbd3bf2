package io.github.camelmessagedb.subscription;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A clock that jumps over each wait, on the thread of the test. */
final class FakeTime implements Time {

    private static final int MOST_WAITS = 5_000;

    /** Whoever asks so often between two waits goes round in circles. */
    private static final int MOST_QUESTIONS = 100_000;

    private final List<Duration> waits = new ArrayList<>();

    /** Not 0, before and after which all is alike. */
    private long nanos = Duration.ofHours(12).toNanos();

    private int questions;
    private Consumer<FakeTime> meanwhile = time -> {};

    @Override
    public long nanos() {
        if (++questions > MOST_QUESTIONS) {
            throw new AssertionError("What is tested never waits");
        }
        return nanos;
    }

    @Override
    public void await(Signal signal, Duration atMost) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (signal.take()) {
            return;
        }
        waits.add(atMost);
        questions = 0;
        meanwhile.accept(this);
        if (waits.size() >= MOST_WAITS) {
            throw new AssertionError("What the test waits for does not come");
        }
        if (!signal.take()) {
            nanos += atMost.toNanos();
        }
    }

    /** What happens at the beginning of each wait. */
    void meanwhile(Consumer<FakeTime> what) {
        meanwhile = what;
    }

    List<Duration> waits() {
        return waits;
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }
}
