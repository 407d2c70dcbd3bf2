package io.github.camelmessagedb.schema;

/** Whether messages may be deleted for good with what holds them. */
public enum Removal {
    /** Nothing is removed where there is a message. */
    ONLY_WITHOUT_MESSAGES,
    /** All messages are deleted. */
    EVEN_WITH_MESSAGES
}
