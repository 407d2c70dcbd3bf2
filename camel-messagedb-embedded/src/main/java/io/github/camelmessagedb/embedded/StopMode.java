package io.github.camelmessagedb.embedded;

/** How PostgreSQL is stopped. */
public enum StopMode {
    /** Refuses new sessions and waits for the open ones to end. */
    SMART("TERM"),
    /** Ends all sessions, rolls their transactions back and shuts down in order. */
    FAST("INT"),
    /** Ends at once, as in a crash; the next start recovers. */
    IMMEDIATE("QUIT");

    private final String signal;

    StopMode(String signal) {
        this.signal = signal;
    }

    String signal() {
        return signal;
    }
}
