package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StreamName;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Message;

/**
 * What an exchange asks to be written.
 *
 * @param messages in the order in which they are to be written
 * @param expectedVersions what the streams are to have before
 * @param batch whether the body was a list, of any length
 * @param parts elements of the list that had headers of their own
 */
record WriteRequest(
        List<NewMessage> messages,
        Map<StreamName, ExpectedVersion> expectedVersions,
        boolean batch,
        List<Message> parts) {

    /** What the stream of a single message is to have before. */
    ExpectedVersion expectedVersion() {
        return expectedVersions.getOrDefault(messages.get(0).stream(), ExpectedVersion.ANY);
    }

    /** Whether the same is to be written, but for random ids. */
    boolean hasContentOf(WriteRequest other) {
        return messages.size() == other.messages.size()
                && IntStream.range(0, messages.size())
                        .allMatch(i -> messages.get(i)
                                .withId(other.messages.get(i).id())
                                .equals(other.messages.get(i)));
    }
}
