package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.MessageReader;
import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads everything in a store, in order of global positions, and misses nothing. Numbers are given out before
 * transactions end, so that a message can appear before one that was read. It therefore reads on only while the numbers
 * have no gap; at a gap it waits until all the transactions have ended that could fill it, and looks again.
 *
 * <p>Positions that consumers keep in the store are left out.
 */
public final class AllSource implements Source {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private static final long NO_GAP = Long.MIN_VALUE;

    private final MessageReader reader;
    private final ReadQuery query;
    private final Filter filter;
    private final StillThere stillThere;
    private boolean checked;
    private @Nullable Gap gap;

    /** Where the last page came to, if that was a gap known before. */
    private long gapAfter = NO_GAP;

    /**
     * What {@link ReadQuery#ALL} names, with its batch size and filter.
     *
     * @throws IllegalArgumentException if it has another name, or its filter a group or a condition
     */
    public AllSource(MessageReader reader, ReadQuery query) {
        Filter wanted = query.filter();
        if (!query.name().equals(ReadQuery.ALL)) {
            throw new IllegalArgumentException("Not everything, but '" + query.name() + "'");
        }
        if (wanted.group() != null || wanted.condition() != null) {
            throw new IllegalArgumentException("Everything (" + ReadQuery.ALL
                    + ") cannot be consumed with a group or a condition: they belong to a category");
        }
        this.reader = reader;
        this.filter = wanted;
        // A gap and what a filter leaves out would look the same.
        this.query = query.withFilter(Filter.NONE);
        this.stillThere = new StillThere(ReadQuery.ALL, reader::lastNumber, position -> Optional.empty());
    }

    /**
     * {@inheritDoc} Where a gap is open it answers what comes before that, as if there were no more.
     *
     * @throws io.github.camelmessagedb.store.StoreUnavailableException also where gaps cannot be judged, on a standby or
     *     with a sequence that has numbers in advance; it says what to do
     */
    @Override
    public Reading read(RecordedPosition last) {
        if (!checked) {
            reader.openWriters();
            checked = true;
        }
        if (isUnchangedSince(last)) {
            return new Reading(List.of(), last, true, false);
        }
        Passage passage = passage(last);
        gapAfter = passage.complete() ? NO_GAP : passage.end(last).position();
        if (passage.atUnknownGap()) {
            note(passage);
            // Who ended between the page and the note is in neither.
            gapAfter = NO_GAP;
            passage = isOpen() ? passage : passage(last);
        }
        return reading(passage, last);
    }

    /**
     * Whether the reading is at a gap that nobody can have filled since the page was read last. Comes before the next page:
     * what they bring who have ended by now is in that.
     */
    private boolean isUnchangedSince(RecordedPosition last) {
        Gap before = gap;
        if (before == null || !before.isOpen() || last.position() >= before.seen()) {
            return false;
        }
        Gap now = before.at(reader.openWriters());
        gap = now;
        return now.equals(before) && last.position() == gapAfter;
    }

    private boolean isOpen() {
        return gap != null && gap.isOpen();
    }

    /** After the page was read: who has taken a number that it lacks is writing still, or has ended before the next page. */
    private void note(Passage passage) {
        Page.Seen newest = newest(passage);
        Gap noted = Gap.before(newest, reader.openWriters());
        gap = noted;
        LOG.debug("Gaps before global position {}, {}", noted.seen(), noted.writers());
    }

    /** The end of the store, where that is far: then one wait decides all gaps on the way. */
    private Page.Seen newest(Passage passage) {
        StoredMessage read = passage.rows().get(passage.rows().size() - 1);
        if (!passage.endReached()) {
            long end = reader.lastPosition(ReadQuery.ALL).orElse(0);
            Optional<UUID> id = end > read.globalPosition() ? reader.idAt(end) : Optional.empty();
            if (id.isPresent()) {
                return new Page.Seen(end, id.get());
            }
        }
        return new Page.Seen(read.globalPosition(), read.id());
    }

    /** What was read, and how many of its first rows follow each other, or gaps that were rolled back. */
    private record Passage(List<StoredMessage> rows, int accepted, boolean endReached, boolean atUnknownGap) {

        boolean complete() {
            return accepted == rows.size();
        }

        RecordedPosition end(RecordedPosition last) {
            if (accepted == 0) {
                return last;
            }
            StoredMessage message = rows.get(accepted - 1);
            return new RecordedPosition(message.globalPosition(), message.id());
        }
    }

    private Passage passage(RecordedPosition last) {
        Page page = page(last);
        List<StoredMessage> rows = page.messages();
        long decided = decided(rows);
        long next = last.position() + 1;
        int accepted = 0;
        for (StoredMessage row : rows) {
            if (row.globalPosition() != next && row.globalPosition() > decided) {
                break;
            }
            next = row.globalPosition() + 1;
            accepted++;
        }
        boolean unknown = accepted < rows.size() && (gap == null || next > gap.seen() || !gap.isOpen());
        return new Passage(rows, accepted, page.endReached(), unknown);
    }

    private Page page(RecordedPosition last) {
        UUID expected = last.messageId();
        if (expected == null) {
            return reader.scan(query.withPosition(last.position() + 1));
        }
        Page page = reader.scanAfter(query.withPosition(last.position()));
        stillThere.require(last, expected, page.first());
        return page;
    }

    /** Up to here what is missing was rolled back. */
    private long decided(List<StoredMessage> rows) {
        Gap known = gap;
        if (known == null || known.isOpen() || rows.isEmpty() || rows.get(0).globalPosition() > known.seen()) {
            return NO_GAP;
        }
        boolean there = rows.stream().anyMatch(row -> known.isAt(row.globalPosition(), row.id()))
                || reader.locate(List.of(known.seenId())).stream()
                        .anyMatch(location -> known.isAt(location.globalPosition(), location.id()));
        return there ? known.seen() : NO_GAP;
    }

    private Reading reading(Passage passage, RecordedPosition last) {
        List<StoredMessage> messages = new ArrayList<>();
        boolean leftOut = false;
        for (StoredMessage row : passage.rows().subList(0, passage.accepted())) {
            boolean position = isPosition(row.stream());
            if (!position && filter.includes(row)) {
                messages.add(row);
                leftOut = false;
            } else {
                leftOut |= !position;
            }
        }
        boolean endReached = passage.complete() ? passage.endReached() : isOpen();
        return new Reading(messages, passage.end(last), endReached, leftOut);
    }

    /** Whether a stream is one of those that consumers keep their positions in. */
    static boolean isPosition(StreamName stream) {
        String category = stream.category();
        int types = category.indexOf(':');
        return types >= 0
                && Arrays.asList(category.substring(types + 1).split("\\+", -1)).contains("position");
    }

    @Override
    public long positionOf(StoredMessage message) {
        return message.globalPosition();
    }

    @Override
    public RecordedPosition positionBefore(StartPosition start) {
        return new RecordedPosition(numberBefore(start), null);
    }

    private long numberBefore(StartPosition start) {
        if (start instanceof StartPosition.At at) {
            return Math.max(at.position() - 1, 0);
        }
        if (start instanceof StartPosition.End) {
            return reader.lastPosition(ReadQuery.ALL).orElse(0);
        }
        if (start instanceof StartPosition.Since since) {
            // The end first, as in a category.
            long end = reader.lastPosition(ReadQuery.ALL).orElse(0);
            OptionalLong first = reader.firstPositionSince(ReadQuery.ALL, since.time());
            return first.isPresent() ? first.getAsLong() - 1 : end;
        }
        return 0;
    }
}
