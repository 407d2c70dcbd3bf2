package io.github.camelmessagedb.benchmarks;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Measures: {@code --help} tells what and how.
 *
 * <p>Ends with 0 if all targets are met that can be measured on this machine, with 1 if one is missed or measuring failed,
 * with 2 if it did not understand what it was asked for.
 */
public final class Main {

    private Main() {}

    /** Does not return: the JVM ends. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(Program.run(out, arguments));
    }
}
