package io.github.camelmessagedb.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the program has to do with the world, but for the database.
 *
 * @param environment the variables
 * @param in what the user types
 * @param out for results
 * @param err for errors and remarks
 * @param password asks for it, without showing it
 */
record Terminal(
        Map<String, String> environment,
        BufferedReader in,
        PrintWriter out,
        PrintWriter err,
        Supplier<String> password) {

    static Terminal of(Charset charset, Supplier<String> password) {
        return new Terminal(
                System.getenv(),
                new BufferedReader(new InputStreamReader(System.in, charset)),
                new PrintWriter(System.out, false, charset),
                new PrintWriter(System.err, true, charset),
                password);
    }

    String variable(String name, String otherwise) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
