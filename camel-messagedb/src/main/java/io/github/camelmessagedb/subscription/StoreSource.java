package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.MessageReader;
import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a stream or a category of a store. */
public final class StoreSource implements Source {

    /** Positions of a stream begin with 0, global positions with 1. */
    private static final long BEFORE_STREAM = -1;

    private static final long BEFORE_CATEGORY = 0;

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final MessageReader reader;
    private final ReadQuery query;
    private final StillThere stillThere;

    /** What the query names, with its batch size and filter. */
    public StoreSource(MessageReader reader, ReadQuery query) {
        this.reader = reader;
        this.query = query;
        this.stillThere = new StillThere(query.name(), this::reached, this::elsewhere);
    }

    @Override
    public Reading read(RecordedPosition last) {
        UUID expected = last.messageId();
        if (expected == null) {
            return reading(reader.scan(query.withPosition(last.position() + 1)), last);
        }
        // Looks at the last message once more, in the same round trip: where it still is, nothing was lost.
        Page page = reader.scanAfter(query.withPosition(last.position()));
        stillThere.require(last, expected, page.first());
        return reading(page, last);
    }

    private static Reading reading(Page page, RecordedPosition last) {
        boolean moved = page.nextPosition() > last.position() + 1;
        RecordedPosition end = moved ? new RecordedPosition(page.nextPosition() - 1, page.lastId()) : last;
        return new Reading(page.messages(), end, page.endReached(), true);
    }

    /** A global position that is not in the category any more can have been given to a message of another one. */
    private Optional<UUID> elsewhere(long position) {
        return query.name().isCategory() ? reader.idAt(position) : Optional.empty();
    }

    private long reached() {
        return query.name().isCategory()
                ? reader.lastNumber()
                : reader.streamVersion(query.name()).orElse(BEFORE_STREAM);
    }

    @Override
    public long positionOf(StoredMessage message) {
        return query.name().isCategory() ? message.globalPosition() : message.position();
    }

    @Override
    public RecordedPosition positionBefore(StartPosition start) {
        return new RecordedPosition(numberBefore(start), null);
    }

    private long numberBefore(StartPosition start) {
        if (start instanceof StartPosition.At at) {
            warnIfBeyondEnd(at.position());
            return Math.max(at.position() - 1, before());
        }
        if (start instanceof StartPosition.End) {
            return last();
        }
        if (start instanceof StartPosition.Since since) {
            // The end first: what is written between the two questions is then found by the second, or comes after
            // both.
            long last = last();
            OptionalLong first = reader.firstPositionSince(query.name(), since.time());
            return first.isPresent() ? first.getAsLong() - 1 : last;
        }
        return before();
    }

    private void warnIfBeyondEnd(long position) {
        long last = last();
        if (position > last + 1) {
            LOG.warn(
                    "'{}' is to be read from position {}, but has only come to {}: what is written up to there will be left"
                            + " out. Is it a position of this {}?",
                    query.name(),
                    position,
                    last,
                    query.name().isCategory() ? "category, a global one" : "stream, not a global one");
        }
    }

    private long last() {
        StreamName name = query.name();
        OptionalLong last = name.isCategory() ? reader.lastPosition(name) : reader.streamVersion(name);
        return last.orElse(before());
    }

    private long before() {
        return query.name().isCategory() ? BEFORE_CATEGORY : BEFORE_STREAM;
    }
}
