package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.ConsumerGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a member begins whose group had another size before. Its streams were divided among the members of that size, so
 * that it begins at the lowest of their positions: everything before that was handled.
 *
 * <p>A member of the former size that has no position never began. It counts as if it began now: by the size before that,
 * or else at the start position.
 */
final class Resize {

    private static final int NO_GROUP = 0;

    /** For each former size the positions of its members; the size that stored one last comes first. */
    private final List<Map.Entry<Integer, List<RecordedPosition>>> formerSizes;

    /**
     * @param member who begins
     * @param positions all that were ever stored, in the order in which they were stored last
     */
    Resize(@Nullable ConsumerGroup member, List<MemberPosition> positions) {
        Map<Integer, List<RecordedPosition>> bySize = new LinkedHashMap<>();
        for (int i = positions.size() - 1; i >= 0; i--) {
            MemberPosition stored = positions.get(i);
            bySize.computeIfAbsent(sizeOf(stored.group()), size -> new ArrayList<>())
                    .add(stored.position());
        }
        bySize.remove(sizeOf(member));
        this.formerSizes = List.copyOf(bySize.entrySet());
    }

    private static int sizeOf(@Nullable ConsumerGroup member) {
        return member == null ? NO_GROUP : member.size();
    }

    /** The lowest position of the size that stored one last; empty where there is no other size. */
    Optional<RecordedPosition> start(Supplier<RecordedPosition> startPosition) {
        return formerSizes.isEmpty() ? Optional.empty() : Optional.of(lowest(0, startPosition));
    }

    private RecordedPosition lowest(int index, Supplier<RecordedPosition> startPosition) {
        if (index == formerSizes.size()) {
            return startPosition.get();
        }
        int members = Math.max(1, formerSizes.get(index).getKey());
        List<RecordedPosition> stored = formerSizes.get(index).getValue();
        RecordedPosition lowest = stored.size() < members ? lowest(index + 1, startPosition) : stored.get(0);
        for (RecordedPosition position : stored) {
            lowest = position.position() < lowest.position() ? position : lowest;
        }
        return lowest;
    }

    /** In words, what the size is that stored a position last. */
    String former() {
        int size = formerSizes.isEmpty() ? NO_GROUP : formerSizes.get(0).getKey();
        return size == NO_GROUP ? "the subscription without a group" : "the group of " + size;
    }
}
