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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

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

    /** So long a member waits for what another one reads; then it reads for itself: that one may wait for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
                Reading shared = isWorthwhile(member.member(), last) ? readShared(member.member(), last) : null;
                return shared == null ? own.read(last) : shared;
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

    /** Null where that takes too long. */
    private Source.@Nullable Reading readShared(int member, RecordedPosition last) {
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
        SharedPage page = mine ? read(last, reading) : await(reading);
        return page == null ? null : page.of(member);
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

    /** Null where that takes too long. An interrupt is not for this wait, as it is not for a read. */
    static <T extends @Nullable Object> @Nullable T await(CompletableFuture<T> reading) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reading.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
