package io.github.camelmessagedb.store;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Example data for the tests of this package. */
final class Examples {

    private Examples() {}

    static NewMessage message(String stream) {
        return message(stream, "Happened");
    }

    static NewMessage message(String stream, String type) {
        return NewMessage.of(stream, type, "{\"amount\": 1}");
    }

    /** Messages to these streams. */
    static List<NewMessage> messages(String... streams) {
        return List.of(streams).stream().map(Examples::message).toList();
    }

    static List<NewMessage> messages(int count, String stream) {
        return IntStream.range(0, count).mapToObj(i -> message(stream)).toList();
    }

    static NewMessage write(MessageStore store, String stream) {
        return write(store, message(stream));
    }

    static NewMessage write(MessageStore store, NewMessage message) {
        store.writer().write(message, ExpectedVersion.ANY);
        return message;
    }

    static List<Long> writeAll(MessageStore store, List<NewMessage> messages) {
        return store.writer().write(messages, Map.of());
    }

    static List<StoredMessage> all(MessageStore store, String category) {
        return store.reader()
                .readCategory(ReadQuery.of(category).withBatchSize(ReadQuery.UNLIMITED))
                .messages();
    }

    /** Messages, stack traces, causes and what was suppressed. */
    static String everythingSaidBy(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
