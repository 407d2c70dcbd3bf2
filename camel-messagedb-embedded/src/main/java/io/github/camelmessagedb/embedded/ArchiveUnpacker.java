package io.github.camelmessagedb.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tukaani.xz.XZInputStream;

/** Unpacks a {@code .txz} archive. */
final class ArchiveUnpacker {

    private static final int BUFFER = 1 << 16;

    private ArchiveUnpacker() {}

    static void unpack(InputStream archive, Path directory) throws IOException {
        try (InputStream tar = new XZInputStream(archive)) {
            Optional<TarEntry> entry = TarEntry.read(tar);
            while (entry.isPresent()) {
                unpack(entry.get(), tar, directory);
                entry = TarEntry.read(tar);
            }
        }
    }

    private static void unpack(TarEntry entry, InputStream tar, Path directory) throws IOException {
        Path target = inside(directory, directory.resolve(entry.name()));
        switch (entry.type()) {
            case TarEntry.DIRECTORY -> Files.createDirectories(target);
            case TarEntry.SYMBOLIC_LINK -> {
                inside(directory, target.resolveSibling(entry.link()));
                Files.createSymbolicLink(target, Path.of(entry.link()));
            }
            case TarEntry.FILE -> {
                Files.createDirectories(target.getParent());
                copy(entry, tar, target);
                if (entry.executable() && !target.toFile().setExecutable(true, false)) {
                    throw new IOException("Cannot make executable: " + target);
                }
            }
            default ->
                throw new IOException("Unknown in an archive: %s of type %s".formatted(entry.name(), entry.type()));
        }
    }

    private static void copy(TarEntry entry, InputStream tar, Path target) throws IOException {
        try (OutputStream file = Files.newOutputStream(target)) {
            byte[] buffer = new byte[BUFFER];
            for (long left = entry.size(); left > 0; ) {
                int read = tar.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("The archive ends within " + entry.name());
                }
                file.write(buffer, 0, read);
                left -= read;
            }
        }
        tar.skipNBytes(entry.padding());
    }

    private static Path inside(Path directory, Path path) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(directory)) {
            throw new IOException("The archive leaves its directory: " + path);
        }
        return normal;
    }
}
