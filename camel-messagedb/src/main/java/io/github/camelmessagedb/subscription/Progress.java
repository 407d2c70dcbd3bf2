package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a subscription has come, and what of it is stored. A position counts as done when the handler has returned for
 * all the messages up to it, or when the filter left them out.
 */
final class Progress {

    private final SubscriptionOptions options;
    private final boolean byStream;
    private RecordedPosition done;
    private RecordedPosition stored;
    private int handledSinceSave;
    private long movedAt;

    /** @param byStream whether positions are those of a stream, or global ones */
    Progress(SubscriptionOptions options, boolean byStream, RecordedPosition start) {
        this.options = options;
        this.byStream = byStream;
        this.done = start;
        this.stored = start;
    }

    long next() {
        return done.position() + 1;
    }

    RecordedPosition done() {
        return done;
    }

    RecordedPosition stored() {
        return stored;
    }

    void handled(List<StoredMessage> messages, long now) {
        StoredMessage last = messages.get(messages.size() - 1);
        moveTo(byStream ? last.position() : last.globalPosition(), last.id(), now);
        handledSinceSave += messages.size();
    }

    /** Everything before a position was handled or left out. */
    void passedTo(long nextPosition, @Nullable UUID lastId, long now) {
        if (nextPosition > next()) {
            moveTo(nextPosition - 1, lastId, now);
        }
    }

    private void moveTo(long position, @Nullable UUID messageId, long now) {
        if (!hasMoved()) {
            movedAt = now;
        }
        done = new RecordedPosition(position, messageId);
    }

    boolean hasMoved() {
        return done.position() != stored.position();
    }

    boolean isSaveDue(long now) {
        return untilSaveDue(now).map(wait -> wait.isZero()).orElse(false);
    }

    /** How long until the position must be stored, or nothing where it has not moved. */
    Optional<Duration> untilSaveDue(long now) {
        if (!hasMoved()) {
            return Optional.empty();
        }
        if (handledSinceSave >= options.positionUpdateInterval()) {
            return Optional.of(Duration.ZERO);
        }
        Duration wait = options.positionUpdateTimeout().minusNanos(now - movedAt);
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    }

    void saved() {
        stored = done;
        handledSinceSave = 0;
    }
}
