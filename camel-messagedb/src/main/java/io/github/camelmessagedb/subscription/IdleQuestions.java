package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.IdleProbe;
import io.github.camelmessagedb.store.IdleProbe.Look;
import io.github.camelmessagedb.store.IdleProbe.Numbers;
import io.github.camelmessagedb.store.IdleProbe.Watched;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database as little as there is a need of. The small question is whether it has given a number to a message since
 * all was settled. Where it has, it is looked for those who wait, and again at each time until nobody can write at one of
 * these numbers any more (a number is taken before its message can be seen): then all is settled, until there is another
 * number, higher or lower. Used by one thread at a time.
 */
final class IdleQuestions {

    private final IdleProbe probe;

    /** The numbers at which nothing can come any more to those who were looked for; null where that is not known. */
    private @Nullable Numbers settledAt;

    private @Nullable Numbers lastSeen;

    private boolean unchanged;

    IdleQuestions(IdleProbe probe) {
        this.probe = probe;
    }

    /**
     * What is known of those who wait.
     *
     * @param arrived there is something for them
     * @param rewound the store may have lost what it had, which all have to find out for themselves
     */
    record Answer(Set<Watched> arrived, boolean rewound) {}

    /** Whether something may have come to those who were looked for when all was settled. */
    boolean mayHaveArrivals() {
        unchanged = settledAt != null && probe.numbers().equals(settledAt);
        return !unchanged;
    }

    /** Whether the last answer was that nobody has written, and nobody was about to. */
    boolean isUnchanged() {
        return unchanged;
    }

    Answer look(Set<Watched> watched) {
        Look look = probe.look(watched);
        boolean rewound = lastSeen != null && look.numbers().last() < lastSeen.last();
        unchanged = look.settled() && look.numbers().equals(lastSeen);
        lastSeen = look.numbers();
        settledAt = look.settled() ? look.numbers() : null;
        return new Answer(look.arrived(), rewound);
    }
}
