package io.github.camelmessagedb.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was removed.
 *
 * @param present whether there was a Message DB to remove
 * @param kept why the role is still there; null if it was dropped or had not been there
 */
public record Uninstalled(boolean present, @Nullable String kept) {

    /** In a sentence, why the role is still there and how to drop it; empty if it is not. */
    public Optional<String> whyRoleIsKept() {
        return Optional.ofNullable(kept);
    }
}
