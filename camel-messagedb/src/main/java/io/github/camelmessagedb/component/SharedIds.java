package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.MessageLocation;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of messages that an endpoint did not write because others are there with their ids, and with other data: once a
 * minute, for there may be many. It is no error, for a message that is made anew, with the time in it, is the same message.
 */
final class SharedIds implements Consumer<MessageLocation> {

    private static final Logger LOG = LoggerFactory.getLogger(SharedIds.class);

    private static final long PERIOD_NS = Duration.ofMinutes(1).toNanos();

    private final String endpoint;
    private final String origin;
    private long toldAt;
    private long untold;
    private boolean told;

    /** @param idExpression that of the endpoint, if it has one */
    SharedIds(String endpoint, @Nullable String idExpression) {
        this.endpoint = endpoint;
        this.origin = idExpression == null
                ? "the header " + MessageDbConstants.OVERRIDE_MESSAGE_ID + ", or an element of a batch,"
                : "the idExpression '" + idExpression + "'";
    }

    @Override
    public void accept(MessageLocation there) {
        accept(there, System.nanoTime());
    }

    synchronized void accept(MessageLocation there, long now) {
        untold++;
        if (told && now - toldAt < PERIOD_NS) {
            return;
        }
        LOG.warn(
                "A message to 'messagedb:{}' was taken for one that is in the store already, and not written: '{}' has one at"
                        + " position {} with its id {} and its type, {}, but with other data ({} such messages since this"
                        + " was said last). If they are not the same message, {} gives one id to several: it must be different"
                        + " for each message",
                endpoint,
                there.stream(),
                there.position(),
                there.id(),
                there.type(),
                untold,
                origin);
        told = true;
        toldAt = now;
        untold = 0;
    }
}
