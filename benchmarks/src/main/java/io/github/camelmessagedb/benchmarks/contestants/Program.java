package io.github.camelmessagedb.benchmarks.contestants;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that is run to its end. */
final class Program {

    private Program() {}

    /** What a program says on both of its outputs. */
    record Output(int exitCode, Deque<String> lines) {

        String last() {
            return lines.isEmpty() ? "exit code " + exitCode : lines.getLast();
        }

        Optional<String> after(String beginning) {
            return lines.stream()
                    .filter(line -> line.startsWith(beginning))
                    .map(line -> line.substring(beginning.length()))
                    .findFirst();
        }
    }

    /** @throws IOException if there is no such program */
    static Output run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        Deque<String> lines = new ArrayDeque<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        }
        return new Output(process.waitFor(), lines);
    }
}
