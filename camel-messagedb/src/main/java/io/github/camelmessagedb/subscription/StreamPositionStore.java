package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageReader;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.store.VersionConflictException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a position in a stream, as Eventide's consumers do: the last message of the stream, of type {@code Recorded},
 * with the data <code>{"position": n}</code>. Beside it, in the metadata's {@code properties}, is the id of the message
 * at that position, as {@code messageId}.
 *
 * <p>Every save expects the version that the stream had after the one before: of two that write to the same stream, one
 * is told, and whom it lost to, as far as the other says: its name is in the {@code properties} too, as {@code owner}. A save of which the connection was lost is settled before the next.
 */
public final class StreamPositionStore implements PositionStore {

    private static final String TYPE = "Recorded";

    /** What stays in doubt is settled later on, and meanwhile health is to say that the store cannot be reached. */
    private static final Duration RESOLUTION_TIME = Duration.ofSeconds(1);

    private final MessageStore store;
    private final SubscriptionIdentity identity;
    private final StreamName stream;
    private final String owner;
    private ExpectedVersion version = ExpectedVersion.NO_STREAM;

    /** Of which it is not known whether it was written. */
    private @Nullable NewMessage uncertain;

    /**
     * The position of a subscription.
     *
     * @param owner names the program that this is, for another one that the position is lost to
     * @throws IllegalArgumentException if the position of such a subscription is not kept in a stream
     */
    public StreamPositionStore(MessageStore store, SubscriptionIdentity identity, String owner) {
        this.store = store.withResolutionTime(RESOLUTION_TIME);
        this.identity = identity;
        this.stream = identity.positionStream()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The " + identity + " has no stream for its position: give it a consumerId"));
        this.owner = owner;
    }

    @Override
    public synchronized Optional<RecordedPosition> load() {
        settle();
        Optional<StoredMessage> last = store.reader().readLastMessage(stream, null);
        version = last.map(message -> ExpectedVersion.of(message.position())).orElse(ExpectedVersion.NO_STREAM);
        return last.map(PositionJson::position);
    }

    /** What may still be on its way to the server would be taken for another's later on. */
    private void settle() {
        NewMessage earlier = uncertain;
        if (earlier == null) {
            return;
        }
        try {
            write(earlier);
        } catch (SubscriptionEndedException e) {
            // Another one has written since: loading takes over from whomever.
        }
    }

    @Override
    public synchronized void save(RecordedPosition position) {
        // Its own message must not be taken for another consumer's: written again, with its id, it is there just once.
        NewMessage earlier = uncertain;
        if (earlier != null) {
            write(earlier);
        }
        write(message(position));
    }

    private NewMessage message(RecordedPosition position) {
        return new NewMessage(
                stream, UUID.randomUUID(), TYPE, PositionJson.data(position), PositionJson.metadata(position, owner));
    }

    private void write(NewMessage message) {
        uncertain = message;
        try {
            version = ExpectedVersion.of(store.writer().write(message, version));
            uncertain = null;
        } catch (VersionConflictException e) {
            uncertain = null;
            throw lost(e);
        }
    }

    private SubscriptionEndedException lost(VersionConflictException e) {
        long expected = Objects.requireNonNull(version.value());
        long actual = e.actual().orElse(expected);
        if (actual < expected) {
            return new StoreRewoundException(
                    "The store has lost messages: the position stream '" + stream + "' had come to version " + version
                            + " and is at " + actual
                            + " now. A backup was restored, or a standby took over that had not received everything. Find"
                            + " out what was lost, then start the consumer again, with seekTo=<the position after the last that"
                            + " is right> if the stored one is too high",
                    new RecordedPosition(expected, null));
        }
        return new OwnershipLostException(
                "Another consumer writes to the position stream '" + stream + "': it was expected to have version "
                        + version + ", but has " + actual + ", written by " + other()
                        + ". Two consumers have the same identity; give each its own consumerId, or start only one",
                e);
    }

    private String other() {
        try {
            return store.reader()
                    .readLastMessage(stream, null)
                    .flatMap(PositionJson::owner)
                    .orElse("a program that does not say its name, such as a consumer of Eventide's");
        } catch (RuntimeException e) {
            return "an unknown program";
        }
    }

    @Override
    public List<MemberPosition> others() {
        if (!identity.name().isCategory()) {
            return List.of();
        }
        MessageReader reader = store.reader();
        StreamName category = StreamName.of(identity.positionCategory());
        Stream<Optional<ConsumerGroup>> members = reader.streamIdentifiers(category).stream()
                .map(identity::memberOf)
                .filter(Optional::isPresent);
        // The one without a group is asked for by its name.
        return Stream.concat(Stream.of(Optional.<ConsumerGroup>empty()), members)
                .filter(member -> isOther(member.orElse(null)))
                .map(member -> stored(reader, member.orElse(null)))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(Stored::writtenAt))
                .map(Stored::position)
                .toList();
    }

    private boolean isOther(@Nullable ConsumerGroup member) {
        return identity.isShared(member) && !Objects.equals(member, identity.group());
    }

    /** With when it was written, as a global position. */
    private record Stored(MemberPosition position, long writtenAt) {}

    private Optional<Stored> stored(MessageReader reader, @Nullable ConsumerGroup member) {
        return identity.withGroup(member)
                .positionStream()
                .flatMap(name -> reader.readLastMessage(name, null))
                .map(last ->
                        new Stored(new MemberPosition(member, PositionJson.position(last)), last.globalPosition()));
    }
}
