package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * PostgreSQL's programs on disk.
 *
 * @param home the directory that holds {@code bin}, {@code lib} and {@code share}
 */
record Installation(Path home) {

    /** Unpacks the archive, once for all JVMs of this user. */
    static Installation of(BinaryArchive archive, Platform platform) {
        try {
            Path cache = UserCache.directory();
            Path home = cache.resolve(name(archive, platform));
            if (!Files.isDirectory(home)) {
                unpack(archive, cache, home);
            }
            return new Installation(home);
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("PostgreSQL's binaries cannot be unpacked: " + e, e);
        }
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static String name(BinaryArchive archive, Platform platform) throws IOException {
        String name = platform.resource().replace(".txz", "");
        long length = archive.location().toURL().openConnection().getContentLengthLong();
        return name + "-" + (archive.major() == 0 ? "" : archive.version() + "-") + length;
    }

    /** Into a directory of its own first: what bears the final name is complete, whoever is killed on the way. */
    private static void unpack(BinaryArchive archive, Path cache, Path home) throws IOException {
        Path unpacked = Files.createTempDirectory(cache, "unpacking-");
        try (InputStream content = archive.location().toURL().openStream()) {
            ArchiveUnpacker.unpack(content, unpacked);
            Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (e instanceof AtomicMoveNotSupportedException || !Files.isDirectory(home)) {
                throw e;
            }
            // Another JVM was faster.
        } finally {
            Directories.delete(unpacked);
        }
    }
}
