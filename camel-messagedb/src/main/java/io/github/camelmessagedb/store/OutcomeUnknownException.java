package io.github.camelmessagedb.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The connection was lost while the messages were written, and the store could not be reached again to see whether they
 * are in it. To find out, write the same messages again with the same ids: it never writes them twice.
 */
public final class OutcomeUnknownException extends MessageDbException {

    private static final long serialVersionUID = 1L;

    private final List<UUID> ids;

    OutcomeUnknownException(List<UUID> ids, @Nullable Throwable cause) {
        super(
                "The connection was lost while " + ids.size() + " message(s) were written, the first with the id "
                        + ids.get(0)
                        + "; whether they are stored is not known. Writing them again with the same ids is safe",
                cause);
        this.ids = List.copyOf(ids);
    }

    /** The ids of the messages, in the order in which they were to be written. */
    public List<UUID> ids() {
        return ids;
    }
}
