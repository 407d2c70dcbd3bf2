package io.github.camelmessagedb.store;

import org.jspecify.annotations.Nullable;

/**
 * Whether a {@link MessageStore} writes past {@code write_message}.
 *
 * @param inUse whether the last write did that could
 * @param whyNot what keeps it from that, in words
 * @since 0.1.0
 */
public record FastWritesStatus(boolean inUse, @Nullable String whyNot) {

    static final FastWritesStatus OFF = new FastWritesStatus(false, "they are off");

    static final FastWritesStatus NOT_TRIED = new FastWritesStatus(false, "nothing was written yet that could be");

    static final FastWritesStatus IN_USE = new FastWritesStatus(true, null);

    /** For people. */
    @Override
    public String toString() {
        return inUse ? "in use" : "not in use: " + whyNot;
    }
}
