package io.github.camelmessagedb.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands together. */
@Command(
        name = "messagedb",
        description = "Installs, updates, verifies and removes Message DB, lists messages and prints reports.",
        mixinStandardHelpOptions = true,
        versionProvider = Program.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:It failed, or verify or doctor found a problem.",
            "2:What was asked for was not understood."
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  PGHOST, PGPORT, PGDATABASE, PGUSER   where no option says it",
            "  PGPASSWORD                           the password; never an argument"
        })
final class Program {

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show where an error comes from.")
    private boolean verbose;

    private Program() {}

    static int run(Terminal terminal, String... arguments) {
        Program program = new Program();
        CommandLine commandLine = new CommandLine(program)
                .addSubcommand(new InstallCommand(terminal))
                .addSubcommand(new UpdateCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal))
                .addSubcommand(new UninstallCommand(terminal))
                .addSubcommand(new VersionCommand(terminal))
                .addSubcommand(new MessagesCommand(terminal))
                .addSubcommand(new WriteCommand(terminal))
                .addSubcommand(new ClearCommand(terminal))
                .addSubcommand(new ReportCommand(terminal));
        commandLine
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, wrong) -> misunderstood(terminal, e))
                .setExecutionExceptionHandler((e, command, result) -> program.fail(terminal, e));
        return arguments.length == 0 ? usage(commandLine) : commandLine.execute(arguments);
    }

    private static int usage(CommandLine commandLine) {
        commandLine.usage(commandLine.getErr());
        return CommandLine.ExitCode.USAGE;
    }

    private static int misunderstood(Terminal terminal, ParameterException e) {
        terminal.err().println("messagedb: " + e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, terminal.err())) {
            terminal.err().println("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        return CommandLine.ExitCode.USAGE;
    }

    /** In one line. A wrong name or JSON text is as wrong as an option that does not exist. */
    private int fail(Terminal terminal, Exception e) {
        terminal.out().flush();
        terminal.err().println("messagedb: " + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "));
        if (verbose) {
            e.printStackTrace(terminal.err());
        }
        return e instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    /** Of this program; Message DB's is a command. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Program.class.getPackage().getImplementationVersion();
            return new String[] {"messagedb " + (version == null ? "(not packaged)" : version)};
        }
    }
}
