package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import org.jspecify.annotations.Nullable;

/** A message on its way through a worker, from its being handed out to its being done with. */
final class Delivery {

    private final StoredMessage message;
    private final RecordedPosition position;
    private volatile boolean done;

    Delivery(StoredMessage message, RecordedPosition position) {
        this.message = message;
        this.position = position;
    }

    StoredMessage message() {
        return message;
    }

    RecordedPosition position() {
        return position;
    }

    boolean isDone() {
        return done;
    }

    void done() {
        done = true;
    }

    /** What its message takes of the memory. */
    long size() {
        return size(message);
    }

    /** What a message takes of the memory, roughly: the characters of its texts. */
    static long size(StoredMessage message) {
        return (long) length(message.data()) + length(message.metadata());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
