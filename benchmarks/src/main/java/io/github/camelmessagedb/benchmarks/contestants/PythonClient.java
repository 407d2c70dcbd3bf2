package io.github.camelmessagedb.benchmarks.contestants;

import io.github.camelmessagedb.benchmarks.measure.Figure.Missing;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** message-db-py, in a process of its own that waits for the next trial; for each setting of commits there is one. */
public final class PythonClient implements AutoCloseable {

    private static final String SCRIPT = "/message_db_py.py";

    private final Server server;
    private final String python;
    private final String path;
    private final Map<Commit, Talk> talks = new EnumMap<>(Commit.class);

    /**
     * Not started before it is asked for something.
     *
     * @param python the interpreter
     * @param path where message-db-py is, if it is not installed; else empty
     */
    public PythonClient(Server server, String python, String path) {
        this.server = server;
        this.python = python;
        this.path = path;
    }

    /** Why it cannot be run here. */
    public Optional<Missing> missing() throws InterruptedException {
        try {
            Program.Output output =
                    Program.run(environment(Commit.OFF), List.of(python, "-c", "import psycopg2, message_db.client"));
            return output.exitCode() == 0
                    ? Optional.empty()
                    : Optional.of(Missing.skipped(python + " says: " + output.last()));
        } catch (IOException e) {
            return Optional.of(Missing.skipped("there is no " + python));
        }
    }

    private Map<String, String> environment(Commit commit) {
        Map<String, String> environment = new HashMap<>(server.environment(commit));
        if (!path.isEmpty()) {
            environment.put("PYTHONPATH", path);
        }
        return environment;
    }

    /** Writes batches to a stream for a time. */
    public Sample writeBatches(String stream, int messages, Commit commit, int millis) throws IOException {
        return talk(commit).ask(String.join(" ", "write", stream, "" + messages, "" + millis));
    }

    /** Reads a category from its beginning, its bodies parsed; timed as our side is. */
    public Sample read(String category, int messages) throws IOException {
        return talk(Commit.OFF).ask(String.join(" ", "read", category, "" + messages));
    }

    private Talk talk(Commit commit) throws IOException {
        Talk talk = talks.get(commit);
        if (talk == null) {
            talk = new Talk(start(commit));
            talks.put(commit, talk);
        }
        return talk;
    }

    private Process start(Commit commit) throws IOException {
        try (InputStream script = Objects.requireNonNull(PythonClient.class.getResourceAsStream(SCRIPT))) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            List<String> command = new ArrayList<>(List.of(python, "-c", text));
            command.addAll(List.of(Payload.DATA, Payload.METADATA, Payload.TYPE));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment(commit));
            return builder.start();
        }
    }

    @Override
    public void close() {
        talks.values().forEach(Talk::close);
    }

    /** Questions and answers, a line each. */
    private record Talk(Process process, Writer questions, BufferedReader answers) {

        Talk(Process process) {
            this(
                    process,
                    process.outputWriter(StandardCharsets.UTF_8),
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        }

        Sample ask(String question) throws IOException {
            questions.write(question + "\n");
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("message-db-py ended at: " + question);
            }
            return Sample.rate(Double.parseDouble(answer));
        }

        void close() {
            try {
                questions.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            process.destroy();
        }
    }
}
