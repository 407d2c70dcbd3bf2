package io.github.camelmessagedb.benchmarks.measure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Counts what arrives, and takes the time from the first tenth to the last of so many messages: neither the start of who
 * receives them counts, nor its end. For many threads.
 */
public final class Meter {

    private static final long PATIENCE_MINUTES = 5;

    private volatile long first;
    private final long last;
    private final LongConsumer listener;
    private final AtomicLong count = new AtomicLong();
    private final CountDownLatch full = new CountDownLatch(1);
    private volatile long began;
    private volatile long ended;

    public Meter(long messages) {
        this(messages, count -> {});
    }

    /**
     * With someone who listens.
     *
     * @param listener who is told the number of each message that comes alone
     */
    public Meter(long messages, LongConsumer listener) {
        this.listener = listener;
        this.first = messages / 10;
        this.last = messages;
    }

    public void count() {
        listener.accept(counted(1));
    }

    /** Several at once, as a list has them. */
    public void count(int messages) {
        counted(messages);
    }

    private long counted(int messages) {
        long now = count.addAndGet(messages);
        if (first > 0 && now >= first && now - messages < first) {
            began = System.nanoTime();
        }
        if (now >= last && now - messages < last) {
            ended = System.nanoTime();
            full.countDown();
        }
        return now;
    }

    /** The time is taken from now on: for messages so large, or so few, that a first tenth of them comes all at once. */
    public void begin() {
        first = 0;
        began = System.nanoTime();
    }

    public boolean isFull() {
        return full.getCount() == 0;
    }

    /**
     * Waits until there are so many.
     *
     * @throws IllegalStateException if they do not come
     */
    public Sample await() throws InterruptedException {
        if (!full.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("Only " + count.get() + " of " + last + " messages came");
        }
        return Sample.rate((last - first) / ((ended - began) / 1e9));
    }
}
