package io.github.camelmessagedb.store;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The stream has another version than the writer expected. Nothing was written. */
public final class VersionConflictException extends MessageDbException {

    private static final long serialVersionUID = 1L;

    private final String stream;
    private final @Nullable Long expected;
    private final @Nullable Long actual;

    VersionConflictException(
            StreamName stream, ExpectedVersion expected, @Nullable Long actual, @Nullable Throwable cause) {
        super(text(stream, expected, actual), cause);
        this.stream = stream.value();
        this.expected = expected.value();
        this.actual = actual;
    }

    private static String text(StreamName stream, ExpectedVersion expected, @Nullable Long actual) {
        if (expected.isAny() || actual == null) {
            return "The stream '" + stream + "' was written to at the same time (expected version: " + expected + ")";
        }
        return "The stream '" + stream + "' has version " + actual + (actual == -1 ? " (no message)" : "")
                + ", expected was " + expected + (expected.equals(ExpectedVersion.NO_STREAM) ? " (no message)" : "");
    }

    /** The stream's name. */
    public StreamName stream() {
        return new StreamName(stream);
    }

    /** What the writer expected; any version where two transactions of an isolation level above READ COMMITTED met. */
    public ExpectedVersion expected() {
        return new ExpectedVersion(expected);
    }

    /** The version that the server found, -1 for a stream without messages; empty where it did not say. */
    public OptionalLong actual() {
        return actual == null ? OptionalLong.empty() : OptionalLong.of(actual);
    }
}
