package io.github.camelmessagedb.cli;

import io.github.camelmessagedb.schema.Finding;
import io.github.camelmessagedb.schema.MessageDbDoctor;
import io.github.camelmessagedb.schema.Needs;
import io.github.camelmessagedb.schema.Verification;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description =
                "Looks at Message DB as a program does that logs in with the same role, and says what will make it fail or"
                        + " miss messages, and how to mend it. Changes nothing.",
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection;

    @Option(names = "--read-only", description = "The program writes neither messages nor positions.")
    private boolean readOnly;

    @Option(names = "--condition", description = "The program reads with the option condition.")
    private boolean condition;

    @Option(
            names = "--group",
            paramLabel = "CATEGORY",
            description = "A category that a consumer group reads; as often as there are some.")
    private Set<String> groups = Set.of();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
        this.connection = new ConnectionOptions(terminal);
    }

    @Override
    public Integer call() {
        Verification found =
                MessageDbDoctor.on(connection.dataSource()).examine(new Needs(!readOnly, condition, groups));
        found.findings().forEach(this::print);
        if (found.isClean()) {
            terminal.out()
                    .println("Nothing in the database " + connection.databaseName()
                            + " is in the way of programs that use it" + " like this");
        }
        return found.isClean() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void print(Finding finding) {
        terminal.out().println(finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.sentence());
    }
}
