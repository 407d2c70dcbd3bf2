package io.github.camelmessagedb.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * An npm package with the original's scripts, as {@link OriginalDownload} left it.
 *
 * @param directory where it is, or the reason why it is not
 * @param version the package's own, which is not always that of Message DB
 */
record OriginalPackage(Path directory, String version) {

    /** Of the newest one: Message DB 1.3.0. */
    static final String CURRENT = "1.3.1";

    /** All that npm has. */
    static final Map<String, String> SHA_256 = Map.of(
            CURRENT,
            "d7938e108d950e29da1974e3acad05bcf680045d0961f6a12039fb002140840d",
            "1.2.6",
            "2193c09fe7b39bff8f87bdb7a778799f959fcba317e525993bded18ae5501ed6",
            "1.2.3",
            "cfd0551327d58badff520e3efa30bf0965db1a2f3ddde81affea37054fb46465",
            "1.1.6",
            "d96c8b6178a6b20c3bad6129841f331157ec309f4ff6ecc27aa09f3e2f351853");

    private static final int BLOCK = 512;

    String name() {
        return "@eventide/message-db@" + version;
    }

    Path tarball() {
        return directory.resolve("eventide-message-db-" + version + ".tgz");
    }

    Path reasonFile() {
        return directory.resolve("missing-" + version + ".txt");
    }

    /** Whether it is there, genuine or not. */
    boolean isThere() {
        return Files.exists(tarball());
    }

    String whyMissing() {
        try {
            return Files.exists(reasonFile())
                    ? Files.readString(reasonFile())
                    : "the build has not fetched it into " + directory.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Its SQL scripts by their path, such as {@code tables/messages.sql}.
     *
     * @throws IllegalStateException if it is not the package that we know
     */
    Map<String, String> scripts() {
        try {
            byte[] bytes = Files.readAllBytes(tarball());
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!digest.equals(SHA_256.get(version))) {
                throw new IllegalStateException(tarball() + " is not the genuine " + name() + ": its SHA-256 is "
                        + digest + ", not " + SHA_256.get(version));
            }
            try (InputStream tar = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                return scripts(tar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> scripts(InputStream tar) throws IOException {
        Map<String, String> scripts = new LinkedHashMap<>();
        byte[] header = tar.readNBytes(BLOCK);
        while (header.length == BLOCK && header[0] != 0) {
            String name = text(header, 0, 100);
            int size = Integer.parseInt(text(header, 124, 12), 8);
            byte[] content = tar.readNBytes(size);
            tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            if (name.endsWith(".sql")) {
                scripts.put(name.replaceFirst("^package/database/", ""), new String(content, StandardCharsets.UTF_8));
            }
            header = tar.readNBytes(BLOCK);
        }
        return scripts;
    }

    private static String text(byte[] header, int from, int length) {
        return new String(header, from, length, StandardCharsets.US_ASCII).replaceAll("[\\u0000 ].*", "");
    }
}
