package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads with a second reader where a reader is far behind and reading is what takes its time: most of that is the server's,
 * one processor's for one reader. While a page is read, the second reads from some place a little before the one where that
 * page will probably end. Where the two meet, in a message that both have, what the second has read from there on follows.
 *
 * <p>Nothing depends on the guess. A page that does not have the very message after which is to be read, by position and
 * id, is not used, and one read after the other, as without a second reader. In a category a page has all that there will
 * ever be between its first message and its last, for positions become visible in order; so what follows a message in a
 * page follows it in the store. That is not so of what filters, or of everything ({@code $all}): not for those.
 *
 * <p>Safe for use by several threads.
 */
public final class CatchingUp implements Source {

    /** So old a page may be: it was read before the message that is now the last, and knows nothing of a store rewound since. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    /** So much of a page is read twice, so that they meet where messages are not as dense as before. */
    private static final double OVERLAP = 0.06;

    /** Where pages are large, in characters, a second one would be another burden. */
    private static final long MAX_SIZE = 2 << 20;

    private final Source source;
    private final Executor executor;
    private final Time time;

    private @Nullable Answered before;
    private @Nullable Ahead ahead;

    /**
     * A page that was answered, and is not the last.
     *
     * @param last its end
     * @param stride how far the next page will probably come from there
     * @param at when it was answered
     */
    private record Answered(RecordedPosition last, long stride, long at) {}

    /** What the first reader read last: so many messages, in so many nanoseconds. */
    private int messages;

    private long took;

    /** What the second reader reads. */
    private record Ahead(long from, long began, CompletableFuture<@Nullable Reading> reading) {}

    /**
     * Catches up with a category.
     *
     * @param source reads the category without a filter; safe for use by several threads
     * @param executor for what is read by the second reader; may refuse
     */
    public CatchingUp(Source source, Executor executor, Time time) {
        this.source = source;
        this.executor = executor;
        this.time = time;
    }

    @Override
    public Reading read(RecordedPosition last) {
        Reading met = meet(last);
        if (met != null) {
            return answered(last, met);
        }
        long began = time.nanos();
        readAhead(last, began);
        Reading reading = source.read(last);
        pace(reading.messages().size(), time.nanos() - began);
        return answered(last, reading);
    }

    private synchronized void pace(int count, long nanos) {
        messages = count;
        took = nanos;
    }

    private synchronized Reading answered(RecordedPosition from, Reading reading) {
        if (isWorthwhile(reading)) {
            before = new Answered(
                    reading.last(), stride(reading.last().position() - from.position(), reading), time.nanos());
        } else {
            // Nor is a page kept in memory by who waits.
            before = null;
            ahead = null;
        }
        return reading;
    }

    private long stride(long positions, Reading reading) {
        return (long) ((double) positions / reading.messages().size() * messages);
    }

    private static boolean isWorthwhile(Reading reading) {
        return !reading.endReached()
                && !reading.messages().isEmpty()
                && reading.messages().stream().mapToLong(Delivery::size).sum() < MAX_SIZE;
    }

    /** Only for somebody who comes back for more sooner than it took to read what he has. */
    private synchronized void readAhead(RecordedPosition last, long now) {
        Answered page = before;
        boolean present = ahead != null && isFresh(ahead, now);
        if (present || page == null || !page.last().equals(last) || now - page.at() > took) {
            return;
        }
        long from = last.position() + (long) (page.stride() * (1 - OVERLAP));
        if (from <= last.position()) {
            return;
        }
        CompletableFuture<@Nullable Reading> reading = new CompletableFuture<>();
        try {
            executor.execute(() -> reading.complete(readFrom(from)));
            ahead = new Ahead(from, now, reading);
        } catch (RejectedExecutionException e) {
            // It has been shut down: the first reader is enough.
        }
    }

    private @Nullable Reading readFrom(long position) {
        try {
            return source.read(new RecordedPosition(position, null));
        } catch (Throwable e) {
            // Who reads after it meets the same, if it lasts, and tells.
            return null;
        }
    }

    private boolean isFresh(Ahead page, long now) {
        return now - page.began() <= FRESH.toNanos();
    }

    /** What follows a message in the page of the second reader, if it has that message. */
    private @Nullable Reading meet(RecordedPosition last) {
        Ahead page = take(last);
        if (page == null) {
            return null;
        }
        Reading reading = SharedReads.await(page.reading());
        return reading == null || !isFresh(page, time.nanos()) ? null : after(last, reading);
    }

    /** It is left to the next page where this one ended before it. */
    private synchronized @Nullable Ahead take(RecordedPosition last) {
        Ahead page = ahead;
        if (page == null || last.messageId() == null || last.position() <= page.from()) {
            return null;
        }
        ahead = null;
        return page;
    }

    private @Nullable Reading after(RecordedPosition last, Reading reading) {
        List<StoredMessage> messages = reading.messages();
        int at = 0;
        while (at < messages.size() && source.positionOf(messages.get(at)) < last.position()) {
            at++;
        }
        if (at >= messages.size() - 1 || !isAt(messages.get(at), last)) {
            return null;
        }
        return new Reading(
                messages.subList(at + 1, messages.size()),
                reading.last(),
                reading.endReached(),
                reading.worthStoring());
    }

    private boolean isAt(StoredMessage message, RecordedPosition last) {
        return source.positionOf(message) == last.position() && message.id().equals(last.messageId());
    }

    @Override
    public RecordedPosition positionBefore(StartPosition start) {
        return source.positionBefore(start);
    }

    @Override
    public long positionOf(StoredMessage message) {
        return source.positionOf(message);
    }
}
