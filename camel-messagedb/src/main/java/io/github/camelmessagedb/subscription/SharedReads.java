package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StoredMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Lets the members of a consumer group that are in one program read its category once: each page is read for all of them,
 * and split here. They may be at different positions. Whoever is within the pages that were read last takes them from
 * there; whoever is elsewhere reads for itself, and for those who come after.
 *
 * <p>Where no more than half of the group is here, each of its members reads what is its own: the server leaves out the rest
 * for less than it costs to bring it.
 */
public final class SharedReads {

    /** Who has not asked for so long is not counted, and not waited for. */
    private static final Duration RECENT = Duration.ofSeconds(10);

    private static final int MAX_PAGES = 8;

    /** In characters. */
    private static final long MAX_SIZE = 32 << 20;

    private final Source whole;
    private final int size;
    private final Time time;
    private final Map<Integer, Asked> members = new HashMap<>();

    /** In the order in which they were used last. */
    private final Deque<SharedPage> pages = new ArrayDeque<>();

    private final Map<RecordedPosition, CompletableFuture<SharedPage>> underWay = new HashMap<>();

    /** When a member has read last, and after which position. */
    private record Asked(long at, long position) {}

    /**
     * The reads of a group.
     *
     * @param whole reads the category for all members; safe for use by several threads
     * @param size how many members the group has
     */
    public SharedReads(Source whole, int size, Time time) {
        this.whole = whole;
        this.size = size;
        this.time = time;
    }

    /**
     * What a member reads.
     *
     * @param own reads what belongs to the member alone
     */
    public Source member(ConsumerGroup member, Source own) {
        return new Source() {
            @Override
            public Reading read(RecordedPosition last) {
                return isWorthwhile(member.member(), last) ? readShared(member.member(), last) : own.read(last);
            }

            @Override
            public RecordedPosition positionBefore(StartPosition start) {
                return own.positionBefore(start);
            }

            @Override
            public long positionOf(StoredMessage message) {
                return own.positionOf(message);
            }
        };
    }

    private synchronized boolean isWorthwhile(int member, RecordedPosition last) {
        long now = time.nanos();
        members.put(member, new Asked(now, last.position()));
        Collection<Asked> recent = members.values();
        recent.removeIf(asked -> now - asked.at() > RECENT.toNanos());
        long lowest = recent.stream().mapToLong(Asked::position).min().orElse(Long.MIN_VALUE);
        pages.removeIf(page -> page.last().position() <= lowest);
        return recent.size() * 2 > size;
    }

    private Source.Reading readShared(int member, RecordedPosition last) {
        CompletableFuture<SharedPage> reading;
        boolean mine;
        synchronized (this) {
            Optional<Source.Reading> read = alreadyRead(member, last);
            if (read.isPresent()) {
                return read.get();
            }
            mine = !underWay.containsKey(last);
            reading = underWay.computeIfAbsent(last, position -> new CompletableFuture<>());
        }
        return (mine ? read(last, reading) : await(reading)).of(member);
    }

    private Optional<Source.Reading> alreadyRead(int member, RecordedPosition last) {
        for (SharedPage page : pages) {
            Optional<Source.Reading> rest = page.after(last, member);
            if (rest.isPresent()) {
                pages.remove(page);
                pages.add(page);
                return rest;
            }
        }
        return Optional.empty();
    }

    private SharedPage read(RecordedPosition last, CompletableFuture<SharedPage> reading) {
        try {
            SharedPage page = new SharedPage(last, whole.read(last), size);
            keep(page);
            reading.complete(page);
            return page;
        } catch (Throwable e) {
            reading.completeExceptionally(e);
            throw e;
        } finally {
            synchronized (this) {
                underWay.remove(last);
            }
        }
    }

    private synchronized void keep(SharedPage page) {
        if (page.last().position() > page.from().position()) {
            pages.add(page);
        }
        while (pages.size() > MAX_PAGES
                || pages.stream().mapToLong(SharedPage::size).sum() > MAX_SIZE) {
            pages.remove();
        }
    }

    private static SharedPage await(CompletableFuture<SharedPage> reading) {
        try {
            return reading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
