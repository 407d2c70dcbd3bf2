package io.github.camelmessagedb.subscription;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Where a subscription begins that has no stored position. */
public sealed interface StartPosition {

    /** With the first message there is. */
    record Beginning() implements StartPosition {}

    /** With the first message written from now on. */
    record End() implements StartPosition {}

    /**
     * With the message at a position, or the next one after it.
     *
     * @param position a global position for a category, a position of the stream for a stream
     */
    record At(long position) implements StartPosition {}

    /**
     * With the first message that was not written before a time.
     *
     * @param time by the server's clock
     */
    record Since(Instant time) implements StartPosition {}

    /**
     * Reads {@code beginning}, {@code end}, a number that is not negative, or an ISO 8601 time with an offset, such as
     * {@code 2026-01-31T08:00:00Z}.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    static StartPosition parse(String text) {
        // In a URI a + stands for a blank: of an offset such as +02:00 only the blank is left.
        String stripped = text.strip().replaceFirst(" (\\d\\d:\\d\\d)$", "+$1");
        if (stripped.equalsIgnoreCase("beginning")) {
            return new Beginning();
        }
        if (stripped.equalsIgnoreCase("end")) {
            return new End();
        }
        try {
            return stripped.matches("\\d+")
                    ? new At(Long.parseLong(stripped))
                    : new Since(OffsetDateTime.parse(stripped).toInstant());
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("Bad position to start from, '" + text
                    + "': it must be beginning, end, a position such as 1, or a time with an offset, such as"
                    + " 2026-01-31T08:00:00Z");
        }
    }
}
