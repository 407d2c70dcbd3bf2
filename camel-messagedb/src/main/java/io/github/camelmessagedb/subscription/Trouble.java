package io.github.camelmessagedb.subscription;

import java.time.Duration;
import org.slf4j.Logger;

/** A run of failures of one kind: the first is logged as a warning, its repeats for debugging, its end as information. */
final class Trouble {

    private final Logger log;
    private final String where;
    private final Backoff backoff;
    private int failures;

    Trouble(Logger log, String where, Backoff backoff) {
        this.log = log;
        this.where = where;
        this.backoff = backoff;
    }

    /** Takes note of a failure; answers how long to wait. */
    Duration failed(String what, Throwable error) {
        Duration delay = backoff.next();
        failures++;
        if (failures == 1) {
            log.warn("{}: {}; trying again in {} ms, and on until it works", where, what, delay.toMillis(), error);
        } else {
            log.debug(
                    "{}: {}, for the {}th time; trying again in {} ms", where, what, failures, delay.toMillis(), error);
        }
        return delay;
    }

    /** Takes note of a failure after which there is no wait. */
    void log(String what, Throwable error) {
        log.warn("{}: {}", where, what, error);
    }

    void over() {
        if (failures > 0) {
            log.info("{}: works again after {} failure(s)", where, failures);
            failures = 0;
            backoff.reset();
        }
    }
}
