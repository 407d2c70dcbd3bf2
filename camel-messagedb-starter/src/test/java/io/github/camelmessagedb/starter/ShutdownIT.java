package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a message that is being handled when the program is told to end. */
class ShutdownIT {

    /** SIGTERM, as a shell tells it. */
    private static final int TERMINATED = 143;

    @RegisterExtension
    static final MessageDbExtension messageDb = MessageDbExtension.create();

    private Process program;
    private BufferedReader output;

    private void run(String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                WorkingProgram.class.getName(),
                "--camel.main.run-controller=true",
                "--spring.datasource.url=" + messageDb.jdbcUrl()));
        command.addAll(List.of(properties));
        program = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = program.inputReader();
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
    }

    private String awaitLine(String text) throws IOException {
        List<String> before = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(text)) {
                return line;
            }
            before.add(line);
        }
        throw new AssertionError("Ended without: " + text + "\n" + String.join("\n", before));
    }

    private void letItFinish() throws IOException {
        program.outputWriter().append("go on\n").flush();
    }

    private static void write(String stream) {
        new MessageStore(messageDb.dataSource())
                .writer()
                .write(NewMessage.of(stream, "Asked", "{}"), ExpectedVersion.ANY);
    }

    private static StoredMessage last(String stream) {
        return new MessageStore(messageDb.dataSource())
                .reader()
                .readLastMessage(StreamName.of(stream), null)
                .orElseThrow();
    }

    @Test
    void it_is_handled_to_its_end_and_its_position_is_stored() throws Exception {
        write("work-1");
        run();
        awaitLine("handling");

        program.toHandle().destroy();
        awaitLine("stopping");
        letItFinish();

        awaitLine("handled");
        output.lines().forEach(line -> {});
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(TERMINATED);
        assertThat(last("work:position-forked").data())
                .hasToString("{\"position\": " + last("work-1").globalPosition() + "}");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Virtual threads come with Java 21")
    void messages_are_handled_on_virtual_threads_where_boot_has_them() throws IOException {
        write("work-2");
        run("--spring.threads.virtual.enabled=true");

        assertThat(awaitLine("handling")).contains("VirtualThread");
    }
}
