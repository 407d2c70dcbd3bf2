package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The server process of a data directory, found by the file {@code postmaster.pid} that it keeps there. */
final class Postmaster {

    private static final String FILE = "postmaster.pid";

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
        if (named(pgData).filter(process -> !serves(process, pgData)).isPresent()) {
            Files.delete(pgData.resolve(FILE));
        }
    }

    private static Optional<ProcessHandle> named(Path pgData) {
        return pid(pgData.resolve(FILE)).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
    }

    private static boolean serves(ProcessHandle process, Path pgData) {
        boolean isPostgres = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
        // Where the system does not show the arguments the name has to do.
        boolean isOurs = process.info()
                .arguments()
                .map(arguments -> String.join(" ", arguments).contains(pgData.toString()))
                .orElse(true);
        return isPostgres && isOurs;
    }

    private static Optional<Long> pid(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .findFirst()
                    .map(String::trim)
                    .map(Long::valueOf);
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("Cannot read " + file, e);
        }
    }
}
