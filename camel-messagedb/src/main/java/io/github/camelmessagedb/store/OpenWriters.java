package io.github.camelmessagedb.store;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Transactions that may still bring messages at global positions that were given out before they were looked for. Each
 * message's INSERT locks the table before it takes its number, and the lock is held to the end of the transaction: who
 * has taken a number and not ended is among them.
 *
 * @param transactions the server's names of them, which it gives to no other while it runs; not of sessions, whose next
 *     transaction is another one
 */
public record OpenWriters(Set<String> transactions) {

    /** How the server names transactions that were prepared before it started: with these their former name is lost. */
    private static final String RECOVERED = "-1/";

    /** Makes the set unmodifiable. */
    public OpenWriters {
        transactions = Set.copyOf(transactions);
    }

    /** Whether all have ended. */
    public boolean isEmpty() {
        return transactions.isEmpty();
    }

    /**
     * Those of these that had not ended at a later look, whatever began in between. A prepared transaction that outlived
     * a crash or restart of the server counts as one of these.
     */
    public OpenWriters stillOpenAt(OpenWriters later) {
        return new OpenWriters(later.transactions.stream()
                .filter(transaction -> transactions.contains(transaction) || transaction.startsWith(RECOVERED))
                .collect(Collectors.toSet()));
    }
}
