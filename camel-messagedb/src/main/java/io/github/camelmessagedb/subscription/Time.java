package io.github.camelmessagedb.subscription;

import java.time.Duration;

/** The clock and the waiting of a subscription. */
public interface Time {

    /** The machine's own. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void await(Signal signal, Duration atMost) throws InterruptedException {
            signal.await(atMost);
        }
    };

    /** Nanoseconds since some moment; only differences mean anything. */
    long nanos();

    /** Waits until a signal is raised, at most so long, and lowers it. */
    void await(Signal signal, Duration atMost) throws InterruptedException;
}
