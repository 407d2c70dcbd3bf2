package io.github.camelmessagedb.component;

/** What a producer does. The names are those of the option and the header. */
public enum MessageDbOperation {
    /** Writes a message, or a batch. */
    write,
    /** Reads a stream from a position on. */
    readStream,
    /** Reads a category from a global position on. */
    readCategory,
    /** Reads everything from a global position on, the name being {@code $all}. */
    readAll,
    /** Reads the last message of a stream, or its last one of a type. */
    readLastMessage,
    /** Answers the position of the last message of a stream. */
    streamVersion,
    /** Answers the ids of the streams of a category. */
    streamIdentifiers,
    /** Answers the version of Message DB. */
    messageStoreVersion;

    static MessageDbOperation of(String name, String where) {
        return Choice.of(MessageDbOperation.class, name, "operation", " in " + where);
    }
}
