package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one server: the cluster in {@code data}, the server's log, and a lock that the JVM holds, so that a
 * server found running in it is known to be one that nobody is in charge of.
 */
final class DataDirectory implements AutoCloseable {

    private static final int LOG_TAIL_LINES = 20;

    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;

    private DataDirectory(Path path, boolean temporary, FileChannel lock) {
        this.path = path;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Takes the directory, made if it is not there; none given, a temporary one.
     *
     * @throws EmbeddedMessageDbException if another JVM, or another server of this one, has it
     */
    static DataDirectory claim(@Nullable Path given) {
        try {
            return tryClaim(given);
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("The data directory cannot be used: " + e, e);
        }
    }

    private static DataDirectory tryClaim(@Nullable Path given) throws IOException {
        Path path = given == null ? Files.createTempDirectory("camel-messagedb-") : made(given);
        FileChannel lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return new DataDirectory(path.toRealPath(), given == null, lock);
            }
        } catch (OverlappingFileLockException e) {
            // The same, within this JVM.
        }
        lock.close();
        throw new EmbeddedMessageDbException("The data directory " + path + " is in use by a running program");
    }

    private static Path made(Path directory) throws IOException {
        return Files.isDirectory(directory) ? directory : Files.createDirectories(directory);
    }

    Path path() {
        return path;
    }

    Path pgData() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("server.log");
    }

    /** The binaries for this directory: those of the cluster that is there already, whoever wants another version. */
    BinaryArchive archive(Platform platform, OptionalInt wanted) {
        OptionalInt present = presentMajor();
        if (present.isPresent() && wanted.isPresent() && !present.equals(wanted)) {
            throw new EmbeddedMessageDbException("The data directory %s is of PostgreSQL %d, not %d"
                    .formatted(path, present.getAsInt(), wanted.getAsInt()));
        }
        return BinaryArchive.choose(platform, present.isPresent() ? present : wanted);
    }

    private OptionalInt presentMajor() {
        Path version = pgData().resolve("PG_VERSION");
        try {
            return Files.exists(version)
                    ? OptionalInt.of(Integer.parseInt(Files.readString(version).trim()))
                    : OptionalInt.empty();
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("Cannot read " + version, e);
        }
    }

    String logTail() throws IOException {
        if (!Files.exists(log())) {
            return "";
        }
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    /** Gives the directory up, and deletes it if it is a temporary one. The server must be down. */
    @Override
    public void close() {
        try {
            lock.close();
            if (temporary) {
                Directories.delete(path);
            }
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("The data directory " + path + " cannot be given up", e);
        }
    }
}
