package io.github.camelmessagedb.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has single messages that many callers write at the same time share transactions, each with an outcome of its own, as
 * {@link MessageWriter} describes it: what fails for one caller does not fail for another. Nobody waits for company: a
 * caller who meets nobody writes at once, on its own thread; who comes while a message of the same category is being
 * written goes together with all that have come by then; where these are few, with what waits for other categories, too.
 *
 * <p>Messages of a category are written in the order in which they came. A transaction waits for a category's lock only where
 * all of its messages are of that category: where they are of several, it leaves out those whose lock is not free. It has at most
 * 256 messages, of about a mebibyte.
 *
 * <p>What waits is bounded, too: who comes when there are 10,000 messages or 32 Mi characters waiting is kept until its own is
 * written.
 *
 * <p>Not for a thread that is in somebody else's transaction: what is written here is not part of it.
 */
public final class WriteCoalescer implements AutoCloseable {

    private final SharedWriter writer;
    private final MessageWriter direct;
    private final Telling telling;
    private final Executor later;
    private final WriteQueue queue =
            WriteQueue.of(System::nanoTime, Runtime.getRuntime().availableProcessors());

    /**
     * Coalesces the writes to a store.
     *
     * @param executor for what is written for several callers, and for what they do with the outcome; it must have a thread
     *     for each task, for a caller may wait for another
     */
    WriteCoalescer(SharedWriter writer, MessageWriter direct, Executor executor) {
        this.writer = writer;
        this.direct = direct;
        this.telling = new Telling(executor);
        this.later = CompletableFuture.delayedExecutor(WriteQueue.LONG.toMillis(), TimeUnit.MILLISECONDS, executor);
    }

    /**
     * Writes a message.
     *
     * @return is done with the message's position in its stream, or fails with what {@link MessageWriter#write(NewMessage,
     *     ExpectedVersion)} throws. It is done when this returns, if this thread wrote; otherwise it becomes so on a thread
     *     of the executor
     */
    public CompletableFuture<Long> write(NewMessage message, ExpectedVersion expectedVersion) {
        return write(message, expectedVersion, ignored -> {});
    }

    /**
     * The same for somebody who wants to know of a message that is not written because one with its id is there which has
     * other data.
     *
     * @param whereDifferent as {@link MessageWriter#write(List, Map, Consumer)} has it
     */
    public CompletableFuture<Long> write(
            NewMessage message, ExpectedVersion expectedVersion, Consumer<MessageLocation> whereDifferent) {
        SharedWrite write = new SharedWrite(message, expectedVersion, whereDifferent);
        switch (queue.enter(write)) {
            case ALONE -> writeAlone(write);
            case FIRST -> {
                try {
                    writeAlone(write);
                } finally {
                    handOver(write.category());
                }
            }
            // Who writes now, or a thread of the executor that was asked for, goes on with it.
            case WAITS -> relieveLater();
            case WAITS_AND_STAYS -> {
                relieveLater();
                write.awaitOutcome();
            }
        }
        return write.outcome();
    }

    private void writeAlone(SharedWrite write) {
        try {
            write.writeBy(direct);
        } catch (RuntimeException | Error e) {
            write.failed(e);
        }
        write.tell();
    }

    /** This thread has written its own message; whatever waits is written by others. */
    private void handOver(String category) {
        WriteQueue.Runner next = queue.leave(category);
        if (next != null) {
            telling.execute(() -> writeWaiting(next));
        } else {
            relieveLater();
        }
    }

    /** In case that all who write now have to wait for something that others need not wait for. */
    private void relieveLater() {
        if (queue.needsRelief()) {
            later.execute(() -> {
                queue.relief().forEach(runner -> telling.execute(() -> writeWaiting(runner)));
                relieveLater();
            });
        }
    }

    private void writeWaiting(WriteQueue.Runner runner) {
        WriteQueue.Flush flush = queue.next(runner);
        while (flush != null) {
            relieveLater();
            finish(flush);
            flush = queue.next(runner);
        }
        relieveLater();
    }

    /** Whatever happens, nobody is left waiting. */
    private void finish(WriteQueue.Flush flush) {
        List<SharedWrite> left = List.of();
        try {
            MessageDbException notConnected = write(flush);
            if (notConnected != null) {
                refuse(queue.takeAll(flush.categories()), notConnected);
            }
            left = flush.unsettled();
        } finally {
            refuse(queue.done(flush, left), stopped());
            telling.tell(flush.settled());
        }
    }

    private @Nullable MessageDbException write(WriteQueue.Flush flush) {
        try {
            return flush.categories().size() == 1 ? writer.write(flush.writes()) : writer.writeFree(flush.writes());
        } catch (RuntimeException | Error e) {
            flush.unsettled().forEach(write -> write.failed(e));
            return null;
        }
    }

    /**
     * Ends the sharing. What waits is not written and fails with a {@link StoreUnavailableException}; what is being written
     * gets its outcome. Who writes afterwards does so alone.
     */
    @Override
    public void close() {
        refuse(queue.close(), stopped());
    }

    private static MessageDbException stopped() {
        return new StoreUnavailableException("Not written: writing was stopped before the message's turn", null, null);
    }

    private void refuse(List<SharedWrite> writes, MessageDbException failure) {
        writes.forEach(write -> write.failed(failure));
        telling.tell(writes);
    }
}
