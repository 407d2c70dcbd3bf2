package io.github.camelmessagedb.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The progress of a subscription, and the place where its position is stored. */
final class Checkpoint {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    /** Each that fails has met a save in the very moment. */
    private static final int MOST_CLAIMS = 100;

    private final SubscriptionIdentity identity;
    private final Source source;
    private final PositionStore positions;
    private final SubscriptionOptions options;
    private @Nullable Progress progress;
    private boolean sought;

    Checkpoint(SubscriptionIdentity identity, Source source, PositionStore positions, SubscriptionOptions options) {
        this.identity = identity;
        this.source = source;
        this.positions = positions;
        this.options = options;
    }

    /**
     * Where it was, or where it is to begin; stored at once, so that a start position is decided only once, and nobody else
     * can go on unnoticed.
     */
    Progress open() {
        Progress at = progress;
        if (at != null && at.hasMoved()) {
            save(at);
        } else {
            at = new Progress(options.updates(), claimed());
            progress = at;
            sought = true;
        }
        LOG.info("{}: starts after position {}", identity, at.done().position());
        return at;
    }

    /**
     * Whoever has it now may store its position between the loading and the saving: then this one has not taken over yet,
     * and tries again.
     */
    private RecordedPosition claimed() {
        for (int attempt = 1; ; attempt++) {
            try {
                RecordedPosition start = start();
                positions.save(start);
                return start;
            } catch (OwnershipLostException e) {
                if (attempt == MOST_CLAIMS) {
                    throw e;
                }
            }
        }
    }

    private RecordedPosition start() {
        Optional<RecordedPosition> stored = positions.load();
        StartPosition seekTo = sought ? null : options.start().seekTo();
        if (seekTo != null) {
            RecordedPosition target = source.positionBefore(seekTo);
            LOG.info(
                    "{}: seeks to {}, whatever was stored ({})",
                    identity,
                    target.position() + 1,
                    stored.map(it -> String.valueOf(it.position())).orElse("nothing"));
            return target;
        }
        return stored.or(this::inherited)
                .orElseGet(() -> source.positionBefore(options.start().position()));
    }

    /** Of a group of another size: what its members have not all handled comes again, and nothing is passed over. */
    private Optional<RecordedPosition> inherited() {
        Resize resize = new Resize(identity.group(), positions.others());
        Optional<RecordedPosition> inherited =
                resize.start(() -> source.positionBefore(options.start().position()));
        inherited.ifPresent(position -> LOG.warn(
                "{}: has no position yet, but {} has: starts at the lowest of its members, {}. What others of them have"
                        + " handled beyond that is handled again",
                identity,
                resize.former(),
                position.position()));
        return inherited;
    }

    /** What was opened, if it was. */
    @Nullable
    Progress progress() {
        return progress;
    }

    void save(Progress at) {
        positions.save(at.done());
        at.saved();
    }

    /** Reads on from where an opened progress is. */
    ReadAhead readAhead(Progress at, Time time, Parking parking) {
        return new ReadAhead(source, new IdleWait(options.pollInterval(), parking, time.nanos()), at.done());
    }

    /**
     * The last save, if there is something to store. Where it fails that is said, and what it means.
     *
     * @return whether it worked
     * @throws SubscriptionEndedException as a save does
     */
    boolean saveAtEnd(Progress at, Window window, @Nullable ReadAhead reading) {
        List<UUID> handledAhead = new ArrayList<>(window.handledAhead());
        if (reading != null) {
            handledAhead.addAll(reading.handledAhead());
        }
        if (!at.hasMoved() && handledAhead.isEmpty()) {
            return true;
        }
        try {
            positions.save(at.done().withHandledAhead(handledAhead));
            at.saved();
            return true;
        } catch (SubscriptionEndedException e) {
            throw e;
        } catch (Throwable e) {
            LOG.warn(
                    "{}: the position {} could not be stored at the end; what comes after {} will be handled again",
                    identity,
                    at.done().position(),
                    at.stored().position(),
                    e);
            return false;
        }
    }

    /** What is stored is to be read again. */
    void forget() {
        progress = null;
    }
}
