package io.github.camelmessagedb.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "clear",
        description = "Deletes all messages for good, and begins their positions anew. Stop consumers before.",
        sortOptions = false)
final class ClearCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    ClearCommand(Terminal terminal) {
        this.terminal = terminal;
        this.connection = new ConnectionOptions(terminal);
    }

    @Override
    public Integer call() throws IOException {
        String database = connection.databaseName();
        if (!yes && !isConfirmed(database)) {
            terminal.err().println("messagedb: Nothing was deleted");
            return ExitCode.SOFTWARE;
        }
        connection.schema(null).clearMessages();
        terminal.out().println("Deleted all messages of the database " + database);
        return ExitCode.OK;
    }

    /** No answer is none. */
    private boolean isConfirmed(String database) throws IOException {
        terminal.err().print("Delete all messages of the database " + database + " for good? [y/N] ");
        terminal.err().flush();
        String answer = terminal.in().readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
