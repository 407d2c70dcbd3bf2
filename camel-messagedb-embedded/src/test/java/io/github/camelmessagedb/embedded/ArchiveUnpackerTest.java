package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class ArchiveUnpackerTest {

    private static final String END = "\0".repeat(1024);

    @TempDir
    private Path directory;

    @Test
    void files_directories_links_and_permissions_come_out() throws IOException {
        unpack(
                header("bin/", '5', "755", 0, ""),
                header("bin/program", '0', "755", 3, ""),
                "run" + "\0".repeat(509),
                header("lib/long", '0', "644", 513, ""),
                "x".repeat(513) + "\0".repeat(511),
                header("lib/link", '2', "777", 0, "long"),
                END);

        assertThat(directory.resolve("bin/program")).hasContent("run").isExecutable();
        assertThat(directory.resolve("lib/long")).hasSize(513);
        assertThat(directory.resolve("lib/long").toFile().canExecute()).isFalse();
        assertThat(Files.readSymbolicLink(directory.resolve("lib/link"))).isEqualTo(Path.of("long"));
    }

    @Test
    void nothing_comes_out_outside_of_the_directory() {
        assertFails("leaves", header("../evil", '0', "644", 0, ""), END);
        assertFails("leaves", header("link", '2', "777", 0, "../../evil"), END);
        assertFails("leaves", header("/evil", '5', "755", 0, ""), END);
    }

    @Test
    void what_is_cut_off_or_unknown_is_an_error() {
        assertFails("ends within a", header("a", '0', "644", 600, ""), "x".repeat(512));
        assertFails("no end", header("b", '5', "755", 0, ""));
        assertFails("type L", header("c", 'L', "644", 0, ""), END);
    }

    private void assertFails(String message, String... parts) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> unpack(parts))
                .withMessageContaining(message);
    }

    private void unpack(String... parts) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (XZOutputStream xz = new XZOutputStream(archive, new LZMA2Options(0))) {
            for (String part : parts) {
                xz.write(part.getBytes(StandardCharsets.US_ASCII));
            }
        }
        try (InputStream content = new ByteArrayInputStream(archive.toByteArray())) {
            ArchiveUnpacker.unpack(content, directory);
        }
    }

    private static String header(String name, char type, String mode, int size, String link) {
        return padded(name, 100)
                + padded("0000" + mode, 8)
                + padded("0000000", 8)
                + padded("0000000", 8)
                + padded("%011o".formatted(size), 12)
                + padded("00000000000", 12)
                + padded("", 8)
                + type
                + padded(link, 355);
    }

    private static String padded(String text, int length) {
        return text + "\0".repeat(length - text.length());
    }
}
