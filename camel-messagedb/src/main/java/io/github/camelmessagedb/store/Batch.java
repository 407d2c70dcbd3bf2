package io.github.camelmessagedb.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are written together.
 *
 * @param messages at least one, with ids that differ
 * @param expected the versions that are expected of their streams, without those that may have any
 */
record Batch(List<NewMessage> messages, Map<StreamName, ExpectedVersion> expected) {

    static Batch of(List<NewMessage> messages, Map<StreamName, ExpectedVersion> expectedVersions) {
        Map<StreamName, ExpectedVersion> expected = expectedVersions.entrySet().stream()
                .filter(entry -> !entry.getValue().isAny())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        Batch batch = new Batch(List.copyOf(messages), expected);
        batch.requireDifferentIds();
        batch.requireStreamsOfExpectedVersions();
        return batch;
    }

    private void requireDifferentIds() {
        Map<UUID, Integer> indexes = new HashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            UUID id = messages.get(i).id();
            Integer earlier = indexes.putIfAbsent(id, i);
            if (earlier != null) {
                throw new IllegalArgumentException("The messages at " + earlier + " and " + i
                        + " of the batch have the same id " + id + ": ids must differ");
            }
        }
    }

    private void requireStreamsOfExpectedVersions() {
        Set<StreamName> streams = messages.stream().map(NewMessage::stream).collect(Collectors.toSet());
        for (StreamName stream : expected.keySet()) {
            if (!streams.contains(stream)) {
                throw new IllegalArgumentException(
                        "A version is expected of the stream '" + stream + "', but no message of the batch goes to it");
            }
        }
    }

    /** A part of the same batch for which nothing is expected. */
    Batch rest(List<NewMessage> remaining) {
        return new Batch(remaining, Map.of());
    }

    List<UUID> ids() {
        return messages.stream().map(NewMessage::id).toList();
    }

    List<String> sortedCategories() {
        return messages.stream()
                .map(message -> message.stream().category())
                .distinct()
                .sorted()
                .toList();
    }

    /** For each message the version that the server is to check: that of its stream on the stream's first message. */
    @Nullable
    Long[] expectedVersions() {
        Set<StreamName> seen = new HashSet<>();
        @Nullable Long[] versions = new Long[messages.size()];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = seen.add(messages.get(i).stream()) ? expectedOf(i) : null;
        }
        return versions;
    }

    @Nullable
    Long expectedOf(int index) {
        ExpectedVersion version = expected.get(messages.get(index).stream());
        return version == null ? null : version.value();
    }

    String describe() {
        return messages.size() == 1
                ? "write a message to '" + messages.get(0).stream() + "'"
                : "write a batch of " + messages.size() + " messages, the first to '" + messages.get(0).stream() + "'";
    }
}
