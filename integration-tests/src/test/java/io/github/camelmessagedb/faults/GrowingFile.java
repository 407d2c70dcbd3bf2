package io.github.camelmessagedb.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that another program appends lines to. */
final class GrowingFile {

    private final Path path;
    private long read;

    /** It need not be there yet. */
    GrowingFile(Path path) {
        this.path = path;
    }

    private long size() {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was appended since this was asked last, up to the last line that is whole. */
    List<String> newLines() {
        if (size() == read) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - read));
            while (bytes.hasRemaining() && channel.read(bytes, read + bytes.position()) >= 0) {
                // Until all is there.
            }
            String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            read += whole.getBytes(StandardCharsets.UTF_8).length;
            return whole.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
