package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.SubscriptionObserver;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a consumer has done since it was started, and tells the next observer of. */
final class ConsumerStatistics implements SubscriptionObserver {

    private final LongAdder fetched = new LongAdder();
    private final LongAdder handled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private volatile SubscriptionObserver next = SubscriptionObserver.NONE;
    private volatile @Nullable Failure lastFailure;

    /**
     * What went wrong last, whether or not it is over.
     *
     * @param at in nanoseconds, as {@link System#nanoTime()} has them
     */
    record Failure(Throwable cause, long at) {}

    void next(SubscriptionObserver observer) {
        next = observer;
    }

    private void remember(Throwable failure) {
        lastFailure = new Failure(failure, System.nanoTime());
    }

    @Override
    public void read(int messages, long nanos) {
        fetched.add(messages);
        next.read(messages, nanos);
    }

    @Override
    public void readFailed(Throwable failure, long nanos) {
        remember(failure);
        next.readFailed(failure, nanos);
    }

    @Override
    public void handled(int messages, long nanos) {
        handled.add(messages);
        next.handled(messages, nanos);
    }

    @Override
    public void failed(int messages, Throwable failure, long nanos) {
        remember(failure);
        failed.add(messages);
        next.failed(messages, failure, nanos);
    }

    @Override
    public void retried(int messages) {
        retried.add(messages);
        next.retried(messages);
    }

    @Override
    public void skipped(int messages) {
        skipped.add(messages);
        next.skipped(messages);
    }

    @Override
    public void saved(long nanos) {
        next.saved(nanos);
    }

    @Override
    public void saveFailed(Throwable failure, long nanos) {
        remember(failure);
        next.saveFailed(failure, nanos);
    }

    long fetched() {
        return fetched.sum();
    }

    long handled() {
        return handled.sum();
    }

    long failed() {
        return failed.sum();
    }

    long retried() {
        return retried.sum();
    }

    long skipped() {
        return skipped.sum();
    }

    @Nullable
    Failure lastFailure() {
        return lastFailure;
    }
}
