package io.github.camelmessagedb.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one server: the cluster in {@code data}, the server's log, and a lock that the JVM holds, so that a
 * server found running in it is known to be one that nobody is in charge of.
 */
final class DataDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMessageDb.class);
    private static final String TEMPORARY_PREFIX = "camel-messagedb-data-";
    private static final String LOCK = "lock";
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(1);
    private static final int LOG_TAIL_LINES = 20;

    /**
     * What this JVM holds, because the lock of the file does not do within one JVM: merely opening and closing that
     * file a second time would release it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

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
            Path path = given == null ? Files.createTempDirectory(TEMPORARY_PREFIX) : given;
            FileUtils.forceMkdir(path.toFile());
            return claim(path, given == null)
                    .orElseThrow(() -> new EmbeddedMessageDbException(
                            "The data directory " + path + " is in use by a running program"));
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("The data directory cannot be used: " + e, e);
        }
    }

    /** Removes temporary ones of this user whose JVM was killed, with their servers: nobody else would come for them. */
    static void removeAbandoned() {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            all.filter(path -> path.getFileName().toString().startsWith(TEMPORARY_PREFIX))
                    .flatMap(path -> claimAbandoned(path).stream())
                    .forEach(abandoned -> {
                        LOG.info("Removing {}, left behind by a JVM that was killed", abandoned.path);
                        Postmaster.stop(abandoned.pgData(), StopMode.IMMEDIATE);
                        abandoned.close();
                    });
        } catch (IOException e) {
            LOG.debug("The temporary directory cannot be searched", e);
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

    /** The major of the cluster that is there already, whoever wants another one. */
    OptionalInt major(OptionalInt wanted) {
        Path version = pgData().resolve("PG_VERSION");
        if (!Files.exists(version)) {
            return wanted;
        }
        try {
            int present = Integer.parseInt(Files.readString(version).trim());
            if (wanted.isPresent() && wanted.getAsInt() != present) {
                throw new EmbeddedMessageDbException("The data directory %s is of PostgreSQL %d, not %d"
                        .formatted(path, present, wanted.getAsInt()));
            }
            return OptionalInt.of(present);
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("Cannot read " + version, e);
        }
    }

    /** Before each start. Where the first one was cut off, its cluster, which may be half made, is made again. */
    void prepare() throws IOException {
        if (Files.exists(unfinished())) {
            FileUtils.deleteDirectory(pgData().toFile());
        } else if (!Files.exists(pgData())) {
            Files.createFile(unfinished());
        }
        Files.deleteIfExists(log());
    }

    /** After a start. */
    void ready() throws IOException {
        Files.deleteIfExists(unfinished());
    }

    String logTail() {
        try {
            List<String> lines = FileUtils.readLines(log().toFile(), StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Gives the directory up, and deletes it if it is a temporary one. The server must be down. */
    @Override
    public void close() {
        try {
            if (temporary) {
                delete(pgData().toFile());
            }
            // Some systems delete no directory with an open file in it.
            lock.close();
            HELD.remove(path);
            if (temporary) {
                delete(path.toFile());
            }
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("The data directory " + path + " cannot be given up", e);
        }
    }

    /** The last processes of a killed server may be deleting files of theirs: then the second attempt does it. */
    private static void delete(File directory) throws IOException {
        if (!FileUtils.deleteQuietly(directory)) {
            FileUtils.deleteDirectory(directory);
        }
    }

    private static Optional<DataDirectory> claim(Path given, boolean temporary) throws IOException {
        Path path = given.toRealPath();
        if (!HELD.add(path)) {
            return Optional.empty();
        }
        FileLock lock = null;
        try {
            FileChannel file = FileChannel.open(path.resolve(LOCK), CREATE, WRITE);
            lock = file.tryLock();
            if (lock == null) {
                file.close();
                return Optional.empty();
            }
            return Optional.of(new DataDirectory(path, temporary, file));
        } finally {
            if (lock == null) {
                HELD.remove(path);
            }
        }
    }

    private static Optional<DataDirectory> claimAbandoned(Path path) {
        try {
            // A younger one may be about to be locked by the JVM that made it.
            boolean old = Files.getLastModifiedTime(path.resolve(LOCK))
                    .toInstant()
                    .isBefore(Instant.now().minus(ABANDONED_AFTER));
            boolean ours = Files.getOwner(path).getName().equals(System.getProperty("user.name"));
            return old && ours ? claim(path, true) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path unfinished() {
        return path.resolve("data.unfinished");
    }
}
