package io.github.camelmessagedb.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What a soak has seen of its consumers. */
final class SoakFigures {

    private final long[] latest;
    private long longestStallMillis;
    private long handled;
    private long largestMemoryKiB;

    SoakFigures(int programs) {
        this.latest = new long[programs];
    }

    /** From now on it counts as a stall if nothing is handled. */
    void begin() {
        Arrays.fill(latest, System.currentTimeMillis());
    }

    /** What a program has handled, in order. */
    void add(int program, List<Ledger.Entry> entries, boolean isWorkToDo) {
        handled += entries.size();
        for (Ledger.Entry entry : entries) {
            if (isWorkToDo) {
                longestStallMillis = Math.max(longestStallMillis, entry.millis() - latest[program]);
            }
            latest[program] = Math.max(latest[program], entry.millis());
        }
    }

    /** The most that a process has had in memory; nothing where the system does not tell. */
    void lookAt(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    largestMemoryKiB = Math.max(largestMemoryKiB, Long.parseLong(line.replaceAll("\\D", "")));
                }
            }
        } catch (IOException e) {
            // It has just been killed.
        }
    }

    /** Repeats count. */
    long handled() {
        return handled;
    }

    double longestStallSeconds() {
        return longestStallMillis / 1000.0;
    }

    long largestMemoryMiB() {
        return largestMemoryKiB / 1024;
    }
}
