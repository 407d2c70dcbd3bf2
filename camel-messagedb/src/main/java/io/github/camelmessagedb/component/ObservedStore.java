package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageLocation;
import io.github.camelmessagedb.store.MessageReader;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.store.WriteCoalescer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A store as a producer uses it: an observer is told of each write and each read of messages. */
final class ObservedStore {

    private final MessageStore store;
    private final CallObserver observer;

    ObservedStore(MessageStore store, CallObserver observer) {
        this.store = store;
        this.observer = observer;
    }

    List<Long> write(
            List<NewMessage> messages,
            Map<StreamName, ExpectedVersion> expectedVersions,
            Consumer<MessageLocation> whereDifferent) {
        long began = System.nanoTime();
        try {
            List<Long> positions = store.writer().write(messages, expectedVersions, whereDifferent);
            observer.wrote(messages.size(), null, System.nanoTime() - began);
            return positions;
        } catch (RuntimeException e) {
            observer.wrote(messages.size(), e, System.nanoTime() - began);
            throw e;
        }
    }

    /** Writes a message together with what others write meanwhile. */
    @SuppressWarnings("FutureReturnValueIgnored") // The caller's is the first one.
    CompletableFuture<Long> writeShared(
            WriteCoalescer coalescer,
            NewMessage message,
            ExpectedVersion expectedVersion,
            Consumer<MessageLocation> whereDifferent) {
        long began = System.nanoTime();
        CompletableFuture<Long> outcome = coalescer.write(message, expectedVersion, whereDifferent);
        outcome.whenComplete((position, failure) -> observer.wrote(1, failure, System.nanoTime() - began));
        return outcome;
    }

    /** For a thread that is in no transaction: what is written with others is not part of it. */
    boolean mayBeInTransaction() {
        return store.mayBeInTransaction();
    }

    Page read(Supplier<Page> reading) {
        long began = System.nanoTime();
        try {
            Page page = reading.get();
            observer.read(page.messages().size(), null, System.nanoTime() - began);
            return page;
        } catch (RuntimeException e) {
            observer.read(0, e, System.nanoTime() - began);
            throw e;
        }
    }

    /** For what is not counted. */
    MessageReader reader() {
        return store.reader();
    }
}
