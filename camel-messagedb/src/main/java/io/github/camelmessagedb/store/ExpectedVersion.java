package io.github.camelmessagedb.store;

import org.jspecify.annotations.Nullable;

/**
 * What a writer takes the version of a stream to be: the position of its last message. A write that expects a version
 * fails with {@link VersionConflictException} where the stream has another.
 *
 * @param value the position, -1 for a stream that has no message, or null for any
 */
public record ExpectedVersion(@Nullable Long value) {

    /** The stream may have any version. */
    public static final ExpectedVersion ANY = new ExpectedVersion(null);

    /** The stream has no message yet. */
    public static final ExpectedVersion NO_STREAM = new ExpectedVersion(-1L);

    /** @throws IllegalArgumentException if the value is less than -1 */
    public ExpectedVersion {
        if (value != null && value < -1) {
            throw new IllegalArgumentException("Bad expected version " + value
                    + ": it must be the position of the stream's last message, or -1 for a stream that must not exist");
        }
    }

    /**
     * The stream's last message has this position; -1 is {@link #NO_STREAM}.
     *
     * @throws IllegalArgumentException if the value is less than -1
     */
    public static ExpectedVersion of(long value) {
        return new ExpectedVersion(value);
    }

    /** Whether every version will do. */
    public boolean isAny() {
        return value == null;
    }

    @Override
    public String toString() {
        return value == null ? "any" : value.toString();
    }
}
