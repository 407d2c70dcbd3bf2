package io.github.camelmessagedb.examples.quickstart;

/** Messages a second, from the beginning to the last. */
final class Rate {

    private long begin;
    private long messages;
    private long last;

    synchronized void begin() {
        begin = System.nanoTime();
    }

    synchronized void add(int count) {
        messages += count;
        last = System.nanoTime();
    }

    synchronized long messages() {
        return messages;
    }

    synchronized long perSecond() {
        return messages == 0 ? 0 : Math.round(messages * 1e9 / Math.max(1, last - begin));
    }
}
