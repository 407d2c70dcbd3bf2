package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.testing.Oracle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A program that consumes, through all its lives, with one ledger. What the ledger says the oracle is told. */
final class Consuming implements AutoCloseable {

    private final String jdbcUrl;
    private final List<String> endpoints;
    private final int mayRepeat;
    private final Path file;
    private final GrowingFile ledger;
    private @Nullable ForkedJvm jvm;
    private int begun;
    private int life;
    private int handled;
    private int mayComeAgain;
    private boolean ended = true;

    /**
     * Not started yet.
     *
     * @param jdbcUrl with the user
     * @param endpoints the URIs of what it consumes
     * @param mayRepeat how many messages may come again after a crash
     * @param ledger does not exist
     */
    Consuming(String jdbcUrl, List<String> endpoints, int mayRepeat, Path ledger) {
        this.jdbcUrl = jdbcUrl;
        this.endpoints = List.copyOf(endpoints);
        this.mayRepeat = mayRepeat;
        this.file = ledger;
        this.ledger = new GrowingFile(ledger);
    }

    void start() throws IOException {
        begun++;
        List<String> arguments = new ArrayList<>(List.of(jdbcUrl, file.toString()));
        arguments.addAll(endpoints);
        jvm = ForkedJvm.run(
                file.resolveSibling(file.getFileName() + ".out"),
                ConsumerProgram.class,
                arguments.toArray(String[]::new));
    }

    ForkedJvm jvm() {
        return Objects.requireNonNull(jvm, "not started");
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        jvm().kill();
    }

    /** SIGTERM, which it obeys in order. */
    void stop() throws InterruptedException {
        jvm().terminate();
    }

    /**
     * Of what is new in the ledger. After a clean stop nothing may come again, after a crash a little: in the life after it, or
     * later, if that was stopped before it came to it.
     */
    synchronized List<Ledger.Entry> tell(Oracle oracle) {
        List<Ledger.Entry> entries = new ArrayList<>();
        for (String line : ledger.newLines()) {
            if (line.equals(Ledger.BEGIN + Ledger.WHOLE)) {
                life++;
                mayComeAgain = ended ? mayComeAgain : mayRepeat;
                oracle.begins(run(), mayComeAgain);
                ended = false;
                handled = 0;
            } else if (line.equals(Ledger.END + Ledger.WHOLE)) {
                ended = true;
                mayComeAgain = Math.max(0, mayComeAgain - handled);
            } else if (line.endsWith(Ledger.WHOLE)) {
                Ledger.Entry entry = Ledger.Entry.parse(line);
                oracle.handles(run(), entry.id());
                handled++;
                entries.add(entry);
            }
        }
        return entries;
    }

    private String run() {
        return file.getFileName() + ", life " + life;
    }

    /** How many messages the oracle was told of since it was started last; -1 before it has begun. */
    synchronized int handledInThisLife() {
        return life == begun ? handled : -1;
    }

    /** What it has printed, for whoever looks into a failure. */
    String said() {
        return jvm().said();
    }

    @Override
    public void close() {
        if (jvm != null) {
            jvm.close();
        }
    }
}
