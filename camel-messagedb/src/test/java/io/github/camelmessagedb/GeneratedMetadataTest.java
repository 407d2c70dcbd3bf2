package io.github.camelmessagedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build renews {@code src/generated} in place, after a copy of what was committed has been laid aside. */
class GeneratedMetadataTest {

    @Test
    void committed_metadata_is_what_the_sources_generate() throws IOException {
        assertThat(files(Path.of("target/committed-metadata")))
                .as("src/generated was stale and has just been renewed: look at it, commit it, build again")
                .isEqualTo(files(Path.of("src/generated")))
                .isNotEmpty();
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.filter(Files::isRegularFile)
                    .forEach(path -> files.put(directory.relativize(path).toString(), read(path)));
        }
        return files;
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
