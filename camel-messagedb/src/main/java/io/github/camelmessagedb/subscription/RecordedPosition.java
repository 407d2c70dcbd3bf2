package io.github.camelmessagedb.subscription;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a subscription has come.
 *
 * @param position the last position that is done with; the next message is read after it. Less than the first position
 *     (1 in a category, 0 in a stream) where nothing is done yet
 * @param messageId the id of the message at that position, or null where there is none or it is not known
 * @param handledAhead the ids of messages after it that are done with too, in order. Several workers get ahead of a message
 *     that is tried again; where the subscription ends just then, what they have handled does not come again. By their
 *     ids: a store that has lost messages has others at their positions
 */
public record RecordedPosition(long position, @Nullable UUID messageId, List<UUID> handledAhead) {

    /** Makes the list unmodifiable. */
    public RecordedPosition {
        handledAhead = List.copyOf(handledAhead);
    }

    /** With nothing ahead of it. */
    public RecordedPosition(long position, @Nullable UUID messageId) {
        this(position, messageId, List.of());
    }

    RecordedPosition withHandledAhead(List<UUID> ids) {
        return new RecordedPosition(position, messageId, ids);
    }
}
