package io.github.camelmessagedb.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

/** Runs the program within this JVM, for the superuser of a server. */
final class Shell {

    private final Map<String, String> environment = new HashMap<>();
    private String typed = "";

    Shell(int port) {
        environment.putAll(Map.of("PGHOST", "localhost", "PGPORT", String.valueOf(port), "PGUSER", "postgres"));
    }

    /** What it did: results, remarks and errors, exit code. */
    record Result(String out, String err, int exitCode) {}

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What the user answers to a question. */
    Shell typing(String answer) {
        typed = answer;
        return this;
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                environment,
                new BufferedReader(new StringReader(typed)),
                new PrintWriter(out),
                new PrintWriter(err),
                () -> "asked for");
        int exitCode = Program.run(terminal, arguments);
        return new Result(out.toString(), err.toString(), exitCode);
    }
}
