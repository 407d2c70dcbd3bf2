package io.github.camelmessagedb.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One caller's message among those that are written together. Its outcome is settled first, and told when there is time. */
final class SharedWrite {

    private final NewMessage message;
    private final ExpectedVersion expectedVersion;
    private final CompletableFuture<Long> outcome = new CompletableFuture<>();
    private long position = -1;
    private @Nullable Throwable failure;

    SharedWrite(NewMessage message, ExpectedVersion expectedVersion) {
        this.message = message;
        this.expectedVersion = expectedVersion;
    }

    NewMessage message() {
        return message;
    }

    ExpectedVersion expectedVersion() {
        return expectedVersion;
    }

    Batch batch() {
        return Batch.of(List.of(message), Map.of(message.stream(), expectedVersion));
    }

    UUID id() {
        return message.id();
    }

    String category() {
        return message.stream().category();
    }

    /** In characters, near enough. */
    long size() {
        String metadata = message.metadata();
        return (long) message.data().length() + (metadata == null ? 0 : metadata.length());
    }

    void written(long at) {
        position = at;
    }

    void failed(Throwable cause) {
        failure = cause;
    }

    /** Lets the caller know, on this thread. */
    void tell() {
        if (failure == null) {
            outcome.complete(position);
        } else {
            outcome.completeExceptionally(failure);
        }
    }

    CompletableFuture<Long> outcome() {
        return outcome;
    }
}
