package io.github.camelmessagedb.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One caller's message among those that are written together. Its outcome is settled first, and told when there is time. */
final class SharedWrite {

    private final NewMessage message;
    private final ExpectedVersion expectedVersion;
    private final Consumer<MessageLocation> whereDifferent;
    private final CompletableFuture<Long> outcome = new CompletableFuture<>();
    private long position = -1;
    private @Nullable Throwable failure;

    SharedWrite(NewMessage message, ExpectedVersion expectedVersion, Consumer<MessageLocation> whereDifferent) {
        this.message = message;
        this.expectedVersion = expectedVersion;
        this.whereDifferent = whereDifferent;
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

    /** As a write of its own. */
    void writeBy(MessageWriter writer) {
        written(writer.write(List.of(message), Map.of(message.stream(), expectedVersion), whereDifferent)
                .get(0));
    }

    /** What is there with its id, and has other data. */
    void different(MessageLocation there) {
        whereDifferent.accept(there);
    }

    void written(long at) {
        position = at;
    }

    /** Whether it is known what became of it. */
    boolean isSettled() {
        return position >= 0 || failure != null;
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

    /** Until the caller has been told. */
    void awaitOutcome() {
        outcome.exceptionally(told -> null).join();
    }

    CompletableFuture<Long> outcome() {
        return outcome;
    }
}
