package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.subscription.MemberPosition;
import io.github.camelmessagedb.subscription.OwnershipLostException;
import io.github.camelmessagedb.subscription.PositionStore;
import io.github.camelmessagedb.subscription.RecordedPosition;
import io.github.camelmessagedb.subscription.SubscriptionIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.spi.StateRepository;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a position in one of Camel's repositories of states, under the name of the stream that it would be in: the number,
 * the id of the message there, and who stored it. A repository cannot compare and set: that another consumer of the same
 * identity is at work is noticed with the next save, not prevented in the very moment.
 *
 * <p>The sizes that a group has had are kept beside the positions, under the name of the subscription without a group and
 * {@code +sizes}, since a repository does not tell what it holds.
 */
final class StatePositionStore implements PositionStore {

    private static final String SEPARATOR = " ";
    private static final String NONE = "-";

    private final StateRepository<String, String> repository;
    private final SubscriptionIdentity identity;
    private final String key;
    private final String owner;
    private boolean claimed;

    StatePositionStore(StateRepository<String, String> repository, SubscriptionIdentity identity, String owner) {
        this.repository = repository;
        this.identity = identity;
        this.key = key(identity);
        // Two of one program are two owners as well.
        this.owner = owner + ", " + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String key(SubscriptionIdentity identity) {
        return identity.positionStream()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The " + identity + " has no name for its position: give it a consumerId"))
                .value();
    }

    @Override
    public synchronized Optional<RecordedPosition> load() {
        claimed = false;
        return read(key).map(State::position);
    }

    @Override
    public synchronized void save(RecordedPosition position) {
        Optional<State> before = read(key);
        if (claimed && !before.map(State::owner).equals(Optional.of(owner))) {
            throw new OwnershipLostException(
                    "Another consumer stores the position '" + key + "': it was last stored by "
                            + before.map(State::owner).orElse("nobody, and removed")
                            + ". Two consumers have the same identity; give each its own consumerId, or start only one",
                    null);
        }
        if (!claimed) {
            addSize();
        }
        repository.setState(key, new State(position, owner).text());
        claimed = true;
    }

    @Override
    public synchronized List<MemberPosition> others() {
        List<MemberPosition> others = new ArrayList<>();
        for (int size : sizes()) {
            for (int member = 0; member < Math.max(1, size); member++) {
                ConsumerGroup group = size == 0 ? null : new ConsumerGroup(member, size);
                if (identity.isShared(group) && !Objects.equals(group, identity.group())) {
                    read(key(identity.withGroup(group)))
                            .ifPresent(state -> others.add(new MemberPosition(group, state.position())));
                }
            }
        }
        return others;
    }

    /** In the order in which they were used last; 0 for no group. */
    private List<Integer> sizes() {
        String text = repository.getState(sizesKey());
        return text == null || text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(SEPARATOR)).map(Integer::valueOf).toList();
    }

    private void addSize() {
        Integer size = identity.group() == null ? 0 : identity.group().size();
        List<Integer> sizes = new ArrayList<>(sizes());
        sizes.remove(size);
        sizes.add(size);
        repository.setState(
                sizesKey(),
                String.join(SEPARATOR, sizes.stream().map(String::valueOf).toList()));
    }

    private String sizesKey() {
        return (identity.name().isCategory() ? key(identity.withGroup(null)) : key) + "+sizes";
    }

    private Optional<State> read(String name) {
        String text = repository.getState(name);
        return text == null || text.isEmpty() ? Optional.empty() : Optional.of(State.parse(name, text));
    }

    /** What is stored under a name. */
    private record State(RecordedPosition position, String owner) {

        static State parse(String name, String text) {
            String[] parts = text.split(SEPARATOR, 3);
            try {
                return new State(
                        position(parts[0], parts.length > 1 ? id(parts[1]) : null), parts.length > 2 ? parts[2] : "");
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        "The state '" + name + "' is no position: '" + text
                                + "'. Set it to the number of the last message that is done with, or use another"
                                + " consumerId",
                        e);
            }
        }

        /** The ids of what is done with behind it follow, each after a comma. */
        private static RecordedPosition position(String text, @Nullable UUID id) {
            String[] parts = text.split(",", -1);
            return new RecordedPosition(
                    Long.parseLong(parts[0]),
                    id,
                    Arrays.stream(parts).skip(1).map(UUID::fromString).toList());
        }

        private static @Nullable UUID id(String text) {
            return text.equals(NONE) ? null : UUID.fromString(text);
        }

        String text() {
            return position.position()
                    + position.handledAhead().stream().map(it -> "," + it).collect(Collectors.joining())
                    + SEPARATOR
                    + (position.messageId() == null ? NONE : position.messageId())
                    + SEPARATOR
                    + owner;
        }
    }
}
