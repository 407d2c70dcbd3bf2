package io.github.camelmessagedb.benchmarks;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Benchmarks;
import io.github.camelmessagedb.benchmarks.cases.Setting;
import io.github.camelmessagedb.benchmarks.contestants.PythonClient;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Machine;
import io.github.camelmessagedb.benchmarks.measure.Report;
import io.github.camelmessagedb.benchmarks.measure.Size;
import io.github.camelmessagedb.benchmarks.measure.Targets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Run this benchmark alone: see --list.")
    private final List<String> only = new ArrayList<>();

    @Option(names = "--list", description = "Tell the names of the benchmarks.")
    private boolean list;

    @Option(
            names = "--size",
            defaultValue = "full",
            description = "full; quick, for nothing but what has a target; or tiny, to see whether all of it runs.")
    private String size = "";

    @Option(names = "--targets", paramLabel = "FILE", description = "Other targets than those of the project.")
    private @Nullable Path targets;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures go as JSON.")
    private @Nullable Path json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Where the figures go as a table for the README.")
    private @Nullable Path markdown;

    @Option(
            names = "--python",
            paramLabel = "PROGRAM",
            defaultValue = "python3",
            description = "The Python that has psycopg2 and message-db-py.")
    private String python = "";

    @Option(
            names = "--message-db-py",
            paramLabel = "DIRECTORY",
            defaultValue = "",
            description = "Where message-db-py is, if it is not installed: the directory that has message_db in it.")
    private String messageDbPy = "";

    private final PrintWriter out;

    private Program(PrintWriter out) {
        this.out = out;
    }

    static int run(PrintWriter out, String... arguments) {
        return new CommandLine(new Program(out))
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
        if (list) {
            Benchmarks.ALL.forEach(benchmark -> out.printf("%-12s %s%n", benchmark.name(), benchmark.what()));
            return CommandLine.ExitCode.OK;
        }
        List<Benchmark> benchmarks = chosen();
        Size chosenSize = Size.of(size);
        Targets wanted = targets == null ? Targets.ours() : Targets.of(targets);
        out.println("Filling a database ...");
        out.flush();
        try (Server server = Server.start(chosenSize);
                PythonClient client = new PythonClient(server, python, messageDbPy)) {
            Findings findings = new Findings(wanted, chosenSize, out);
            measure(benchmarks, Setting.of(server, chosenSize, client), findings);
            return tell(findings.report(Machine.of(server.version(), new DefaultCamelContext().getVersion())));
        }
    }

    private List<Benchmark> chosen() {
        List<String> names = Benchmarks.ALL.stream().map(Benchmark::name).toList();
        only.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("There is no benchmark " + name + ", there are " + names);
        });
        return Benchmarks.ALL.stream()
                .filter(benchmark -> only.isEmpty() || only.contains(benchmark.name()))
                .toList();
    }

    private static void measure(List<Benchmark> benchmarks, Setting setting, Findings findings) throws Exception {
        for (Benchmark benchmark : benchmarks) {
            findings.begin(benchmark.name());
            benchmark.run(setting, findings);
            setting.server().closePools();
        }
    }

    private int tell(Report report) throws Exception {
        report.print(out);
        if (json != null) {
            report.writeJson(json);
        }
        if (markdown != null) {
            report.writeMarkdown(markdown);
        }
        return report.isPassed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
