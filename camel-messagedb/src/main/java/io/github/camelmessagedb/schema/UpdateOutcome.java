package io.github.camelmessagedb.schema;

/**
 * What {@link MessageDbSchema#update()} found or did.
 *
 * @param from the version that was there
 * @param to the version that is there now
 */
public record UpdateOutcome(String from, String to) {

    /** Whether there was nothing to do; what is there was left exactly as it is. */
    public boolean alreadyCurrent() {
        return from.equals(to);
    }
}
