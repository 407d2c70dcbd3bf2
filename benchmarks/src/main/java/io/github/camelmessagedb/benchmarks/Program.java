package io.github.camelmessagedb.benchmarks;

import io.github.camelmessagedb.benchmarks.cases.Benchmarks;
import io.github.camelmessagedb.benchmarks.curves.Curves;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the options say. */
@Command(
        name = "benchmarks",
        description = "Measures camel-messagedb side by side with what else can be used, and holds it to its targets.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All targets are met that can be measured on this machine.",
            "1:A target is missed, or measuring failed.",
            "2:What was asked for was not understood."
        })
final class Program implements Callable<Integer> {

    @Mixin
    private final Options options = new Options();

    private final PrintWriter out;

    private Program(PrintWriter out) {
        this.out = out;
    }

    static int run(PrintWriter out, String... arguments) {
        return new CommandLine(new Program(out))
                .addSubcommand(new CurvesCommand(out))
                .addSubcommand(new MicroCommand())
                .setOut(out)
                .setErr(out)
                .setExecutionExceptionHandler((e, command, result) -> fail(out, e))
                .execute(arguments);
    }

    private static int fail(PrintWriter out, Exception e) {
        if (e instanceof IllegalArgumentException) {
            out.println("benchmarks: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        e.printStackTrace(out);
        out.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() throws Exception {
        return new Run(options, out).of(Benchmarks.ALL, options.docs == null ? List.of() : Curves.ALL);
    }
}
