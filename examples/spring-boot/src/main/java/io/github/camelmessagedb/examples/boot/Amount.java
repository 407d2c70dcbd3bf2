package io.github.camelmessagedb.examples.boot;

/** What is paid in or drawn, in cents: the body of a request, and the data of the event that it becomes. */
record Amount(long amount) {

    static final long MAXIMUM = 1_000_000_00;

    Amount {
        if (amount < 1 || amount > MAXIMUM) {
            throw new IllegalArgumentException("An amount is from 1 to " + MAXIMUM + ", in cents, not " + amount);
        }
    }
}
