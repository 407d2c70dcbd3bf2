package io.github.camelmessagedb.subscription;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of failures of one kind: the first is logged as a warning, its repeats for debugging, its end as information. */
final class Trouble {

    private final Logger log;
    private final String where;
    private final Backoff backoff;
    private int failures;

    /** The troubles of a subscription. */
    static Trouble of(SubscriptionIdentity identity, SubscriptionOptions.Retries retries) {
        return new Trouble(
                LoggerFactory.getLogger(Subscription.class),
                identity.toString(),
                new Backoff(retries.delay(), retries.maxDelay()));
    }

    private Trouble(Logger log, String where, Backoff backoff) {
        this.log = log;
        this.where = where;
        this.backoff = backoff;
    }

    /** Takes note of a failure; answers how long to wait. */
    Duration failed(String what, Throwable error) {
        Duration delay = nextDelay();
        failed(what, error, delay);
        return delay;
    }

    /** How long to wait after the next failure. */
    Duration nextDelay() {
        return backoff.next();
    }

    /** Takes note of a failure after which there is a wait. */
    void failed(String what, Throwable error, Duration delay) {
        int count = ++failures;
        if (count == 1) {
            safely(
                    error,
                    () -> log.warn(
                            "{}: {}; trying again in {} ms, and on until it works",
                            where,
                            what,
                            delay.toMillis(),
                            error));
        } else {
            safely(
                    error,
                    () -> log.debug(
                            "{}: {}, for the {}th time; trying again in {} ms",
                            where,
                            what,
                            count,
                            delay.toMillis(),
                            error));
        }
    }

    /** Takes note of a failure after which there is no wait. */
    void log(String what, Throwable error) {
        safely(error, () -> log.warn("{}: {}", where, what, error));
    }

    void over() {
        int count = failures;
        if (count > 0) {
            failures = 0;
            backoff.reset();
            safely(null, () -> log.info("{}: works again after {} failure(s)", where, count));
        }
    }

    /** An exception can fail to say what it is, and a log can fail: neither must stop anything. */
    private void safely(@Nullable Throwable error, Runnable logging) {
        try {
            logging.run();
        } catch (Throwable e) {
            try {
                log.warn("{}: a failure that cannot be logged, {}", where, (error == null ? e : error).getClass());
            } catch (Throwable again) {
                // There is nobody to tell.
            }
        }
    }
}
