package io.github.camelmessagedb.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Prints the version of the Message DB in the database.", sortOptions = false)
final class VersionCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
        this.connection = new ConnectionOptions(terminal);
    }

    @Override
    public Integer call() {
        Optional<String> version = connection.schema(null).version();
        if (version.isEmpty()) {
            terminal.err().println("messagedb: There is no Message DB in the database " + connection.databaseName());
            return ExitCode.SOFTWARE;
        }
        terminal.out().println(version.get());
        return ExitCode.OK;
    }
}
