package io.github.camelmessagedb.embedded;

import java.util.Locale;

/** How PostgreSQL is stopped. */
public enum StopMode {
    /** Refuses new sessions and waits for the open ones to end. */
    SMART,
    /** Ends all sessions, rolls their transactions back and shuts down in order. */
    FAST,
    /** Ends at once, as in a crash; the next start recovers. */
    IMMEDIATE;

    String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
