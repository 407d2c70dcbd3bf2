package io.github.camelmessagedb.cli;

import io.github.camelmessagedb.schema.MessagesPresentException;
import io.github.camelmessagedb.schema.Removal;
import io.github.camelmessagedb.schema.Uninstalled;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "uninstall",
        description = "Removes Message DB from the database, and the role if nothing else needs it.",
        sortOptions = false)
final class UninstallCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection;

    @Mixin
    private RoleOption role = new RoleOption();

    @Option(names = "--drop-database", description = "Drop the whole database, if nothing else is in it.")
    private boolean dropDatabase;

    @Option(names = "--even-with-messages", description = "Also where there are messages: they are deleted for good.")
    private boolean evenWithMessages;

    UninstallCommand(Terminal terminal) {
        this.terminal = terminal;
        this.connection = new ConnectionOptions(terminal);
    }

    @Override
    public Integer call() {
        Removal removal = evenWithMessages ? Removal.EVEN_WITH_MESSAGES : Removal.ONLY_WITHOUT_MESSAGES;
        try {
            Uninstalled outcome = dropDatabase
                    ? connection.database().drop(role.name(), removal)
                    : connection.schema(role.name()).uninstall(removal);
            terminal.out().println(inWords(outcome));
            outcome.whyRoleIsKept().ifPresent(terminal.out()::println);
            return ExitCode.OK;
        } catch (MessagesPresentException e) {
            terminal.err().println("messagedb: " + e.getMessage() + ": on the command line, --even-with-messages");
            return ExitCode.SOFTWARE;
        }
    }

    private String inWords(Uninstalled outcome) {
        String database = connection.databaseName();
        if (dropDatabase) {
            return outcome.present() ? "Dropped the database " + database : "There is no database " + database;
        }
        return (outcome.present()
                        ? "Uninstalled Message DB from the database "
                        : "There is no Message DB in the database ")
                + database;
    }
}
