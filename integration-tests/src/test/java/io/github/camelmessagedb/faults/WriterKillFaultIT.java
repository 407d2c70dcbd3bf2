package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A program that writes is killed at any moment (SIGKILL), and begins from the beginning. */
@Timeout(600)
class WriterKillFaultIT {

    private static final String CATEGORY = "rewritten";

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @TempDir
    private Path directory;

    private final Random random = new Random();

    @Test
    void what_has_ids_is_there_once_and_in_order() throws Exception {
        kill(2, 400);
    }

    @Test
    @Tag("long")
    void what_has_ids_is_there_once_and_in_order_after_many_kills() throws Exception {
        kill(40, 2000);
    }

    private void kill(int kills, int writes) throws Exception {
        for (int i = 0; i < kills; i++) {
            try (ForkedJvm program = start(writes)) {
                long acknowledged = acknowledged() + 1 + random.nextInt(writes * 2 / 3);
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> acknowledged() >= acknowledged);
                program.kill();
            }
        }
        try (ForkedJvm program = start(writes)) {
            program.awaitSuccess();
        }

        for (int stream = 0; stream < WriterProgram.STREAMS; stream++) {
            assertThat(stored(stream)).isEqualTo(wanted(stream, writes));
        }
        assertThat(database.messageCount())
                .isEqualTo(IntStream.range(0, writes)
                        .map(write -> WriterProgram.numbers(write).size())
                        .sum());
    }

    private ForkedJvm start(int writes) throws Exception {
        return ForkedJvm.run(
                directory.resolve("out"),
                WriterProgram.class,
                Urls.of(database),
                directory.resolve("acknowledged").toString(),
                CATEGORY,
                Integer.toString(writes));
    }

    private long acknowledged() throws Exception {
        Path file = directory.resolve("acknowledged");
        return Files.exists(file) ? Files.readString(file).lines().count() : 0;
    }

    private List<Integer> stored(int stream) {
        return database
                .query(
                        "SELECT data FROM message_store.messages WHERE stream_name = ? ORDER BY position",
                        CATEGORY + "-" + stream)
                .stream()
                .map(row -> Integer.valueOf(row.get(0)))
                .toList();
    }

    private static List<Integer> wanted(int stream, int writes) {
        return IntStream.range(0, writes)
                .filter(write -> write % WriterProgram.STREAMS == stream)
                .boxed()
                .flatMap(write -> WriterProgram.numbers(write).stream())
                .toList();
    }
}
