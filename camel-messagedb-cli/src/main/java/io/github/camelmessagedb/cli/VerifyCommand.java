package io.github.camelmessagedb.cli;

import io.github.camelmessagedb.schema.Finding;
import io.github.camelmessagedb.schema.Verification;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = "Says what of Message DB is missing or different, and what that means. Changes nothing.",
        sortOptions = false)
final class VerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection;

    @Mixin
    private RoleOption role = new RoleOption();

    @Option(names = "--sql", description = "Print the statements that mend it, as a script for psql.")
    private boolean sql;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
        this.connection = new ConnectionOptions(terminal);
    }

    @Override
    public Integer call() {
        Verification verification = connection.schema(role.name()).verify();
        verification.findings().forEach(sql ? this::printScript : this::print);
        if (!sql && verification.isClean()) {
            terminal.out().println("Message DB in the database " + connection.databaseName() + " is as it should be");
        }
        if (role.isDefault() && verification.problems().stream().anyMatch(VerifyCommand::isAboutRole)) {
            terminal.out().flush();
            terminal.err()
                    .println("messagedb: This is about the role " + role.name()
                            + ". If programs log in with another one: --role NAME");
        }
        return verification.isClean() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static boolean isAboutRole(Finding finding) {
        return finding.object().startsWith("role ") || finding.object().startsWith("privilege ");
    }

    private void print(Finding finding) {
        terminal.out().println(finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.sentence());
    }

    private void printScript(Finding finding) {
        terminal.out().println("-- " + finding.sentence().replaceAll("\\R", " "));
        finding.remedy()
                .ifPresent(mend -> terminal.out()
                        .println(mend.stripTrailing() + (mend.strip().endsWith(";") ? "" : ";")));
    }
}
