package io.github.camelmessagedb.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What of a batch is in the store already. */
final class Present {

    private final Map<UUID, MessageLocation> locations = new HashMap<>();

    private final Set<UUID> different;

    /** @param different the ids of those whose content is not that of the batch's message with the same id */
    Present(List<MessageLocation> found, Set<UUID> different) {
        found.forEach(location -> locations.put(location.id(), location));
        this.different = Set.copyOf(different);
    }

    boolean isEmpty() {
        return locations.isEmpty();
    }

    OptionalLong position(NewMessage message) {
        MessageLocation location = locations.get(message.id());
        return location == null ? OptionalLong.empty() : OptionalLong.of(location.position());
    }

    /** What has the id of a message, but not its content. */
    Optional<MessageLocation> different(NewMessage message) {
        return different.contains(message.id()) ? Optional.ofNullable(locations.get(message.id())) : Optional.empty();
    }

    List<NewMessage> missing(Batch batch) {
        return batch.messages().stream()
                .filter(message -> !locations.containsKey(message.id()))
                .toList();
    }

    /**
     * Makes sure that what is there is the beginning of this very batch, stream by stream.
     *
     * @throws DuplicateMessageException if it is not
     */
    void requireBeginningOf(Batch batch, @Nullable Throwable cause) {
        Set<StreamName> withMissing = new HashSet<>();
        Map<StreamName, Long> last = new HashMap<>();
        for (NewMessage message : batch.messages()) {
            MessageLocation location = locations.get(message.id());
            if (location == null) {
                withMissing.add(message.stream());
                continue;
            }
            if (!location.isOf(message)) {
                throw duplicate(
                        location,
                        "It is not the one to be written, to '" + message.stream() + "' with the type '"
                                + message.type() + "': use another id",
                        cause);
            }
            Long earlier = last.put(message.stream(), location.position());
            if (withMissing.contains(message.stream()) || (earlier != null && earlier >= location.position())) {
                throw duplicate(
                        location,
                        "Messages that come before it in the batch are not in the store, or come after it there",
                        cause);
            }
        }
        if (!batch.expected().isEmpty() && locations.size() < batch.messages().size()) {
            throw duplicate(
                    locations.values().iterator().next(),
                    "Other messages of the batch are not, and a version is expected: write the rest as a batch of its own",
                    cause);
        }
    }

    private static DuplicateMessageException duplicate(
            MessageLocation location, String explanation, @Nullable Throwable cause) {
        return new DuplicateMessageException(location.id(), location, explanation, cause);
    }
}
