package io.github.camelmessagedb.subscription;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a subscription has come.
 *
 * @param position the last position that is done with; the next message is read after it. Less than the first position
 *     (1 in a category, 0 in a stream) where nothing is done yet
 * @param messageId the id of the message at that position, or null where there is none or it is not known
 */
public record RecordedPosition(long position, @Nullable UUID messageId) {}
