package io.github.camelmessagedb.schema;

/** A report view of Message DB: how many messages there are, and what share of all of them in percent. */
public enum Report {
    /** By stream, the one with most messages first; filtered by the stream's name. */
    STREAM_SUMMARY,
    /** By stream and type; filtered by the stream's name. */
    STREAM_TYPE_SUMMARY,
    /** By category and type; filtered by the category. */
    CATEGORY_TYPE_SUMMARY,
    /** By type, the one with most messages first; filtered by the type. */
    TYPE_SUMMARY,
    /** By type and stream; filtered by the type. */
    TYPE_STREAM_SUMMARY,
    /** By type and category; filtered by the type. */
    TYPE_CATEGORY_SUMMARY
}
