package io.github.camelmessagedb.cli;

import io.github.camelmessagedb.schema.MessageDbSchema.Outcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "install",
        description = "Creates the database, the role and Message DB in it, whichever of them is missing.",
        sortOptions = false)
final class InstallCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection;

    @Mixin
    private RoleOption role = new RoleOption();

    @Option(
            names = "--create-database",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether to create the database where it is missing (it is, by default).")
    private boolean createDatabase;

    InstallCommand(Terminal terminal) {
        this.terminal = terminal;
        this.connection = new ConnectionOptions(terminal);
    }

    @Override
    public Integer call() {
        if (createDatabase && connection.database().create()) {
            terminal.out().println("Created the database " + connection.databaseName());
        }
        Outcome outcome = connection.schema(role.name()).install();
        terminal.out()
                .println(
                        outcome == Outcome.INSTALLED
                                ? "Installed Message DB in the database " + connection.databaseName()
                                        + ", for the role " + role.name()
                                : "There is a Message DB in the database " + connection.databaseName()
                                        + " already; it was left as it is");
        return ExitCode.OK;
    }
}
