package io.github.camelmessagedb.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The header of a file in a tar archive. Only what PostgreSQL's archives use: files, directories and symbolic links with
 * names of up to 100 bytes. (A library that reads more would bring its own dependencies, at versions that applications
 * pin to others.)
 *
 * @param type one of the constants
 * @param link where a symbolic link points to
 */
record TarEntry(String name, char type, boolean executable, long size, String link) {

    static final char FILE = '0';
    static final char SYMBOLIC_LINK = '2';
    static final char DIRECTORY = '5';

    private static final int BLOCK = 512;
    private static final int EXECUTABLE_BY_OWNER = 0100;

    /** Reads the header at the stream's position; empty at the archive's end. */
    static Optional<TarEntry> read(InputStream archive) throws IOException {
        byte[] header = archive.readNBytes(BLOCK);
        if (header.length < BLOCK) {
            throw new EOFException("The archive has no end");
        }
        if (header[0] == 0) {
            return Optional.empty();
        }
        return Optional.of(new TarEntry(
                text(header, 0, 100),
                (char) header[156],
                (number(header, 100, 8) & EXECUTABLE_BY_OWNER) != 0,
                number(header, 124, 12),
                text(header, 157, 100)));
    }

    /** What fills the last block after the content. */
    long padding() {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static long number(byte[] header, int offset, int length) throws IOException {
        String octal = text(header, offset, length).trim();
        try {
            return Long.parseLong(octal, 8);
        } catch (NumberFormatException e) {
            throw new IOException("Not a tar archive: " + octal, e);
        }
    }
}
