package io.github.camelmessagedb.testing;

/**
 * Where a {@link TcpProxy} breaks a connection.
 *
 * @param sender whose message it is
 * @param message which one, counted over all connections from the moment that the cut is set: 1 is the next
 * @param when how much of the message gets through
 */
public record Cut(Sender sender, int message, When when) {

    /** Who sends a message. */
    public enum Sender {
        /** The driver. */
        CLIENT,
        /** PostgreSQL. */
        SERVER
    }

    /** How much of the message gets through. */
    public enum When {
        /** Nothing. */
        BEFORE,
        /** The first half of its bytes. */
        HALFWAY,
        /** All of it, and nothing more. */
        AFTER
    }
}
