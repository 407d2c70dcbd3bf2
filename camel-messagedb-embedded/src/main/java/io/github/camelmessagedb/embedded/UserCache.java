package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory of this user's that outlives the JVM, where what was unpacked once is found again. */
final class UserCache {

    private UserCache() {}

    /**
     * {@code ~/.cache/camel-messagedb}, or where there is no home to write to, a directory of the user's own beside the
     * temporary files. (Those are the second choice because systems tidy them up file by file.)
     */
    static Path directory() throws IOException {
        Path home = Path.of(System.getProperty("user.home"));
        if (home.isAbsolute() && Files.isDirectory(home)) {
            try {
                return Files.createDirectories(home.resolve(".cache").resolve("camel-messagedb"));
            } catch (IOException e) {
                return temporary();
            }
        }
        return temporary();
    }

    private static Path temporary() throws IOException {
        String user = System.getProperty("user.name").replaceAll("\\W", "_");
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), "camel-messagedb-" + user);
        Files.createDirectories(directory);
        Path probe = Files.createTempFile(directory, "owner", "");
        try {
            // Anybody may make directories there; programs are run only out of one that is ours.
            if (!Files.getOwner(directory).equals(Files.getOwner(probe))) {
                throw new IOException(directory + " belongs to somebody else");
            }
        } finally {
            Files.delete(probe);
        }
        return directory;
    }
}
