package io.github.camelmessagedb.subscription;

import static java.util.stream.Collectors.groupingBy;

import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.subscription.Source.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A page of a category, split among the members of a group. */
final class SharedPage {

    private final RecordedPosition from;
    private final Reading reading;
    private final Map<Integer, List<StoredMessage>> byMember;
    private final long size;

    /** What was read after a position, for a group of a size. */
    SharedPage(RecordedPosition from, Reading reading, int groupSize) {
        this.from = from;
        this.reading = reading;
        this.byMember = reading.messages().stream()
                .collect(groupingBy(message -> ConsumerGroup.memberOf(message.stream(), groupSize)));
        this.size = reading.messages().stream().mapToLong(Delivery::size).sum();
    }

    RecordedPosition from() {
        return from;
    }

    RecordedPosition last() {
        return reading.last();
    }

    /** In characters. */
    long size() {
        return size;
    }

    /** All that belongs to a member. */
    Reading of(int member) {
        return reading(byMember.getOrDefault(member, List.of()));
    }

    /**
     * What of it belongs to a member that has read up to a position; empty if that is not within it, or if it has another
     * message there, or none: then it says nothing of whether the store still has what the member has read.
     */
    Optional<Reading> after(RecordedPosition last, int member) {
        if (last.equals(from)) {
            return Optional.of(of(member));
        }
        if (last.position() <= from.position()
                || last.position() >= reading.last().position()
                || !has(last)) {
            return Optional.empty();
        }
        return Optional.of(reading(byMember.getOrDefault(member, List.of()).stream()
                .filter(message -> message.globalPosition() > last.position())
                .toList()));
    }

    private boolean has(RecordedPosition last) {
        UUID id = last.messageId();
        return id == null
                || reading.messages().stream()
                        .anyMatch(message -> message.globalPosition() == last.position()
                                && message.id().equals(id));
    }

    private Reading reading(List<StoredMessage> messages) {
        return new Reading(messages, reading.last(), reading.endReached(), reading.worthStoring());
    }
}
