package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The server process of a data directory, found by the file {@code postmaster.pid} that it keeps there. */
final class Postmaster {

    private static final String FILE = "postmaster.pid";
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private Postmaster() {}

    /** Empty if none runs; a stale file whose number has gone to another program does not deceive. */
    static Optional<ProcessHandle> of(Path pgData) {
        return named(pgData).filter(process -> serves(process, pgData));
    }

    /**
     * Removes a file that names another program's process, as after a restart of the machine or in a new container:
     * PostgreSQL takes that for a server and refuses. A file that names no process is left to PostgreSQL, which looks for
     * remains of the dead server by it.
     */
    static void removeStaleFile(Path pgData) throws IOException {
        if (named(pgData).isPresent() && of(pgData).isEmpty()) {
            Files.delete(pgData.resolve(FILE));
        }
    }

    /** Stops the server, if one runs; whoever does not obey in good time is killed. */
    static void stop(Path pgData, StopMode mode) {
        of(pgData).ifPresent(process -> {
            signal(process, mode);
            if (!hasEnded(pgData)) {
                process.destroyForcibly();
                hasEnded(pgData);
            }
        });
    }

    /** Waits for it in good time; not for its handle, which waits for init too, and not every container has one. */
    private static boolean hasEnded(Path pgData) {
        long start = System.nanoTime();
        while (of(pgData).isPresent() && System.nanoTime() - start < STOP_PATIENCE.toNanos()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return of(pgData).isEmpty();
    }

    private static void signal(ProcessHandle process, StopMode mode) {
        try {
            new ProcessBuilder("kill", "-" + mode.signal(), Long.toString(process.pid())).start();
        } catch (IOException e) {
            // There is no such program on Windows and in some containers.
            process.destroyForcibly();
        }
    }

    private static boolean serves(ProcessHandle process, Path pgData) {
        ProcessHandle.Info info = process.info();
        return info.command()
                        .map(Path::of)
                        .filter(command -> command.getFileName().toString().startsWith("postgres"))
                        .isPresent()
                // Where the system does not show the arguments the name has to do.
                && info.arguments()
                        .map(arguments -> String.join(" ", arguments).contains(pgData.toString()))
                        .orElse(true);
    }

    private static Optional<ProcessHandle> named(Path pgData) {
        Path file = pgData.resolve(FILE);
        try {
            return Files.readAllLines(file).stream()
                    .findFirst()
                    .map(String::trim)
                    .map(Long::valueOf)
                    .flatMap(ProcessHandle::of)
                    .filter(ProcessHandle::isAlive);
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("Cannot read " + file, e);
        }
    }
}
