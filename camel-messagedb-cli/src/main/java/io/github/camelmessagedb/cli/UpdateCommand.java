package io.github.camelmessagedb.cli;

import io.github.camelmessagedb.schema.UpdateOutcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
        name = "update",
        description = "Brings a Message DB from 1.0.0 or later to 1.3.0. Messages are not touched.",
        sortOptions = false)
final class UpdateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection;

    UpdateCommand(Terminal terminal) {
        this.terminal = terminal;
        this.connection = new ConnectionOptions(terminal);
    }

    @Override
    public Integer call() {
        UpdateOutcome outcome = connection.schema(null).update();
        terminal.out()
                .println(
                        outcome.alreadyCurrent()
                                ? "Message DB is at " + outcome.to() + " already"
                                : "Updated Message DB from " + outcome.from() + " to " + outcome.to());
        return ExitCode.OK;
    }
}
