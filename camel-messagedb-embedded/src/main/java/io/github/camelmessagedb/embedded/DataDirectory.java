package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one server: the cluster in {@code data}, the server's log, and a lock that the JVM holds, so that a
 * server found running in it is known to be one that nobody is in charge of.
 */
final class DataDirectory implements AutoCloseable {

    private static final String TEMPORARY_PREFIX = "camel-messagedb-data-";
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(1);
    private static final int LOG_TAIL_LINES = 20;

    private final Path path;
    private final boolean temporary;
    private final DirectoryLock lock;

    private DataDirectory(Path path, boolean temporary, DirectoryLock lock) throws IOException {
        this.path = path.toRealPath();
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
            Path path = given == null ? Files.createTempDirectory(TEMPORARY_PREFIX) : made(given);
            return claim(path, given == null).orElseThrow(() -> inUse(path));
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("The data directory cannot be used: " + e, e);
        }
    }

    /** The temporary ones of this user whose JVM was killed, all taken. */
    static List<DataDirectory> abandoned() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        String user = System.getProperty("user.name");
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(path -> path.getFileName().toString().startsWith(TEMPORARY_PREFIX))
                    .flatMap(path -> claimAbandoned(path, user).stream())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
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
            if (temporary) {
                Directories.delete(pgData());
            }
            // Some systems delete no directory with an open file in it.
            lock.close();
            if (temporary) {
                Directories.delete(path);
            }
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("The data directory " + path + " cannot be given up", e);
        }
    }

    private static Optional<DataDirectory> claim(Path path, boolean temporary) throws IOException {
        Optional<DirectoryLock> lock = DirectoryLock.tryOn(path);
        return lock.isPresent() ? Optional.of(new DataDirectory(path, temporary, lock.get())) : Optional.empty();
    }

    private static Optional<DataDirectory> claimAbandoned(Path path, String user) {
        try {
            // A younger one may be about to be locked by the JVM that made it.
            boolean old = Files.getLastModifiedTime(path.resolve(DirectoryLock.FILE))
                    .toInstant()
                    .isBefore(Instant.now().minus(ABANDONED_AFTER));
            boolean ours = Files.getOwner(path).getName().equals(user);
            return old && ours ? claim(path, true) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path made(Path directory) throws IOException {
        return Files.isDirectory(directory) ? directory : Files.createDirectories(directory);
    }

    private static EmbeddedMessageDbException inUse(Path path) {
        return new EmbeddedMessageDbException("The data directory " + path + " is in use by a running program");
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
}
