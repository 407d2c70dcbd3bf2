package io.github.camelmessagedb.subscription;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a subscription has come, and what of it is stored. A position counts as done when all the messages up to it were
 * handled, or left out by the filter.
 */
final class Progress {

    private final SubscriptionOptions.PositionUpdates updates;
    private RecordedPosition done;
    private RecordedPosition stored;
    private int handledSinceSave;
    private boolean worthStoring;
    private long movedAt;

    Progress(SubscriptionOptions.PositionUpdates updates, RecordedPosition start) {
        this.updates = updates;
        this.done = start;
        this.stored = start;
    }

    RecordedPosition done() {
        return done;
    }

    RecordedPosition stored() {
        return stored;
    }

    /** A message was handled, and everything before it. */
    void handled(RecordedPosition position, long now) {
        moveTo(position, true, now);
        handledSinceSave++;
    }

    /** Everything up to a position was handled or left out. */
    void passed(RecordedPosition last, boolean isWorthStoring, long now) {
        if (last.position() > done.position()) {
            moveTo(last, isWorthStoring, now);
        }
    }

    private void moveTo(RecordedPosition position, boolean isWorthStoring, long now) {
        if (isWorthStoring && !worthStoring) {
            movedAt = now;
            worthStoring = true;
        }
        done = position;
    }

    /** Whether there is something to store. */
    boolean hasMoved() {
        return worthStoring;
    }

    /** Whether as many messages were handled as may come again after a crash. */
    boolean isFull() {
        return handledSinceSave >= updates.interval();
    }

    boolean isSaveDue(long now) {
        return untilSaveDue(now).map(Duration::isZero).orElse(false);
    }

    /** How long until the position must be stored, or nothing where it has not moved. */
    Optional<Duration> untilSaveDue(long now) {
        if (!worthStoring) {
            return Optional.empty();
        }
        if (isFull()) {
            return Optional.of(Duration.ZERO);
        }
        Duration wait = updates.timeout().minusNanos(now - movedAt);
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    }

    void saved() {
        stored = done;
        handledSinceSave = 0;
        worthStoring = false;
    }
}
