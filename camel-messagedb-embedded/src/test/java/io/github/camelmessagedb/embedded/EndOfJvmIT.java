package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndOfJvmIT {

    @TempDir
    private Path temporary;

    private record Running(Optional<ProcessHandle> server, Path directory) {

        static Running in(ForkedJvm jvm) throws IOException {
            long pid = Long.parseLong(jvm.awaitLine("pid=").substring("pid=".length()));
            Path directory = Path.of(jvm.awaitLine("directory=").substring("directory=".length()));
            return new Running(ProcessHandle.of(pid), directory);
        }

        void assertServerEnds() throws Exception {
            if (server.isPresent()) {
                server.get().onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"return, 0", "exit, 3"})
    void a_jvm_that_ends_without_closing_leaves_no_server_and_no_directory(String way, int exitCode) throws Exception {
        try (ForkedJvm jvm = ForkedJvm.run(StartAndEnd.class, way)) {
            Running running = Running.in(jvm);

            assertThat(jvm.exitCode()).isEqualTo(exitCode);
            running.assertServerEnds();
            assertThat(running.directory()).doesNotExist();
        }
    }

    @Test
    void a_jvm_that_gets_sigterm_leaves_no_server_and_no_directory() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.run(StartAndEnd.class, "wait")) {
            Running running = Running.in(jvm);
            assertThat(running.server()).isPresent();

            jvm.terminate();

            assertThat(jvm.exitCode()).isEqualTo(143);
            running.assertServerEnds();
            assertThat(running.directory()).doesNotExist();
        }
    }

    @Test
    void a_session_that_is_open_when_the_jvm_ends_can_finish_its_work() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.run(StartAndEnd.class, "save")) {
            Running running = Running.in(jvm);

            assertThat(jvm.remainingOutput()).contains("saved");
            running.assertServerEnds();
            assertThat(running.directory()).doesNotExist();
        }
    }

    @Test
    void the_server_of_a_killed_jvm_is_stopped_by_the_next_start_on_its_directory() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.run(StartAndEnd.class, "wait", temporary.toString())) {
            Running running = Running.in(jvm);
            jvm.kill();
            jvm.exitCode();
            assertThat(running.server()).get().matches(ProcessHandle::isAlive);

            try (EmbeddedMessageDb messageDb =
                    EmbeddedMessageDb.builder().dataDirectory(temporary).start()) {
                running.assertServerEnds();
                assertThat(Sql.messages(messageDb.dataSource())).isOne();
            }
        }
    }

    @Test
    void a_pid_file_whose_number_another_program_has_by_now_is_stale() throws Exception {
        try (EmbeddedMessageDb messageDb =
                EmbeddedMessageDb.builder().dataDirectory(temporary).start()) {
            Sql.write(messageDb.dataSource(), "thing-1");
        }
        Process bystander = new ProcessBuilder("sleep", "600").start();
        Files.writeString(temporary.resolve("data/postmaster.pid"), bystander.pid() + "\n" + temporary + "\n");

        try (EmbeddedMessageDb messageDb =
                EmbeddedMessageDb.builder().dataDirectory(temporary).start()) {
            assertThat(Sql.messages(messageDb.dataSource())).isOne();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void the_temporary_server_of_a_killed_jvm_is_removed_by_a_later_start() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.run(StartAndEnd.class, "wait")) {
            Running running = Running.in(jvm);
            jvm.kill();
            jvm.exitCode();
            Files.setLastModifiedTime(
                    running.directory().resolve("lock"),
                    FileTime.from(Instant.now().minusSeconds(61)));

            EmbeddedMessageDb.start().close();

            running.assertServerEnds();
            assertThat(running.directory()).doesNotExist();
        }
    }
}
