package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.Page;

/** What a subscription reads. */
public interface Source {

    /**
     * The next messages in order, one round trip.
     *
     * @param position where to begin, inclusive
     */
    Page read(long position);

    /** The last position before the start: a subscription that starts there reads on after it. */
    RecordedPosition positionBefore(StartPosition start);
}
