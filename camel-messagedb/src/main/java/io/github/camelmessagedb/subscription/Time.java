package io.github.camelmessagedb.subscription;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The clock and the waiting of a subscription. */
public interface Time {

    /** The machine's own. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean await(CountDownLatch signal, Duration atMost) throws InterruptedException {
            return signal.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }
    };

    /** Nanoseconds since some moment; only differences mean anything. */
    long nanos();

    /** Waits for a signal; answers whether it came. */
    boolean await(CountDownLatch signal, Duration atMost) throws InterruptedException;
}
