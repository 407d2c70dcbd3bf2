package io.github.camelmessagedb.cli;

import java.io.Console;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Message DB from the command line: {@code messagedb --help} tells.
 *
 * <p>Ends with 0 if it did what it was asked for, with 1 if that failed or if a problem was found, with 2 if it did
 * not understand what it was asked for.
 *
 * @since 0.1.0
 */
public final class Main {

    private Main() {}

    /** Does not return: the JVM ends. */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.of(charset(), Main::askForPassword);
        int exitCode = Program.run(terminal, arguments);
        terminal.out().flush();
        System.exit(exitCode);
    }

    /** What the terminal has, but where that is ASCII, as in containers, texts would be question marks. */
    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    /** Without a terminal there is no console up to JDK 21, and no password from JDK 22 on. */
    @SuppressWarnings("SystemConsoleNull")
    private static String askForPassword() {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password: ");
        if (typed == null) {
            throw new IllegalArgumentException("There is no terminal to ask for the password: set PGPASSWORD");
        }
        return new String(typed);
    }
}
