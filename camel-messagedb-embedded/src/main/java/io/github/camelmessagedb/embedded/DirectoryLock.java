package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** At most one holder for each directory, among all JVMs of the machine; ends with the JVM, however it ends. */
final class DirectoryLock implements AutoCloseable {

    static final String FILE = "lock";

    /**
     * What this JVM holds, because the lock of the file does not do within one JVM: merely opening and closing that
     * file a second time would release it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Empty if somebody holds it. */
    static Optional<DirectoryLock> tryOn(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        Optional<FileChannel> channel = Optional.empty();
        try {
            channel = locked(real.resolve(FILE));
        } finally {
            if (channel.isEmpty()) {
                HELD.remove(real);
            }
        }
        return channel.map(held -> new DirectoryLock(real, held));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(directory);
    }

    private static Optional<FileChannel> locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? Optional.empty() : Optional.of(channel);
    }
}
