package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.embedded.EmbeddedMessageDbException;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StoreUnavailableException;
import io.github.camelmessagedb.store.TestStores;
import io.github.camelmessagedb.testing.Oracle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk with the data is full, and has room again later. */
@Timeout(180)
class DiskFullFaultIT {

    private static final int MIB = 1 << 20;

    @TempDir
    private Path directory;

    private Path disk;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        Assumptions.assumeTrue(mount.waitFor() == 0, "A small disk cannot be mounted here: " + said);
    }

    @AfterEach
    void unmount() throws Exception {
        new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }

    private EmbeddedMessageDb server() {
        return EmbeddedMessageDb.builder()
                .durable(true)
                .dataDirectory(disk)
                // What is full is to be the disk, not what the server keeps for later.
                .serverSetting("max_wal_size", "64MB")
                .serverSetting("min_wal_size", "32MB")
                .start();
    }

    private void fill() throws IOException {
        try (OutputStream ballast = Files.newOutputStream(disk.resolve("ballast"))) {
            while (true) {
                ballast.write(new byte[MIB / 64]);
            }
        } catch (IOException e) {
            // Full.
        }
        assertThat(disk.toFile().getUsableSpace()).isLessThan(MIB / 64);
    }

    private void makeRoom() throws IOException {
        Files.delete(disk.resolve("ballast"));
    }

    /** There is no room for the next file of the write-ahead log, which PostgreSQL takes for a crash. */
    @Test
    void a_server_that_goes_down_for_it_costs_nothing() throws Exception {
        try (EmbeddedMessageDb server = server();
                Scenario scenario = Scenario.start(Target.of(server), Shape.IN_PARALLEL)) {
            fill();
            switchLogFiles(server);

            makeRoom();
            ServerKillFaultIT.startAgain(server);
            scenario.end();
        }
    }

    /** Until the server is no more: it cannot recover either. */
    private static void switchLogFiles(EmbeddedMessageDb server) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            try (Connection connection = server.ownerDataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_switch_wal(), pg_logical_emit_message(false, '', repeat('x', 1000000))");
            } catch (SQLException e) {
                // As wanted.
            }
            return !isUp(server);
        });
    }

    private static boolean isUp(EmbeddedMessageDb server) {
        try {
            return server.serverPid() > 0;
        } catch (EmbeddedMessageDbException e) {
            return false;
        }
    }

    @Test
    void writes_fail_clearly_and_everything_goes_on_when_there_is_room() throws Exception {
        try (EmbeddedMessageDb server = server();
                Scenario scenario = Scenario.start(Target.of(server), Shape.IN_PARALLEL)) {
            fill();
            StoreUnavailableException refused = awaitRefusal(TestStores.of(server.dataSource()), scenario.oracle());
            assertThat(refused).hasMessageContaining("No space left on device");

            makeRoom();
            ServerKillFaultIT.startAgain(server);
            scenario.end();
        }
    }

    /** Writes until the disk takes no more. */
    private static StoreUnavailableException awaitRefusal(MessageStore store, Oracle oracle) {
        String large = "\"" + "x".repeat(MIB / 8) + "\"";
        for (int i = 0; i < 10_000; i++) {
            NewMessage message = NewMessage.of("account-0", "Written", large);
            oracle.attempts(message);
            try {
                oracle.acknowledges(message, store.writer().write(message, ExpectedVersion.ANY));
            } catch (StoreUnavailableException e) {
                return e;
            }
        }
        throw new AssertionError("The disk is not full");
    }
}
