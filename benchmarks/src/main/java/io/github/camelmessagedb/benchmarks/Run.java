package io.github.camelmessagedb.benchmarks;

import io.github.camelmessagedb.benchmarks.cases.Benchmark;
import io.github.camelmessagedb.benchmarks.cases.Setting;
import io.github.camelmessagedb.benchmarks.contestants.Installation;
import io.github.camelmessagedb.benchmarks.contestants.PythonClient;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Machine;
import io.github.camelmessagedb.benchmarks.measure.Report;
import io.github.camelmessagedb.benchmarks.measure.Size;
import io.github.camelmessagedb.benchmarks.measure.Targets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine;

/** From the options to what the program ends with. */
final class Run {

    private final Options options;
    private final PrintWriter out;

    Run(Options options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs those that were asked for, figures and curves with a server each: what one has written is in no one else's way.
     *
     * @return the exit code
     */
    int of(List<Benchmark> benchmarks, List<Benchmark> curves) throws Exception {
        if (options.list) {
            Stream.concat(benchmarks.stream(), curves.stream())
                    .forEach(benchmark -> out.printf("%-20s %s%n", benchmark.name(), benchmark.what()));
            return CommandLine.ExitCode.OK;
        }
        Size size = Size.of(options.size);
        check(Stream.concat(benchmarks.stream(), curves.stream())
                .map(Benchmark::name)
                .toList());
        Findings findings =
                new Findings(options.targets == null ? Targets.ours() : Targets.of(options.targets), size, out);
        Optional<Path> home = Installation.home(options.postgres);
        String postgres = "";
        List<Benchmark> chosen = chosen(benchmarks);
        if (!chosen.isEmpty()) {
            out.println("Filling a database ...");
            out.flush();
            try (Server server = Server.start(home, size)) {
                postgres = measure(chosen, server, size, findings);
            }
        }
        List<Benchmark> chosenCurves = chosen(curves);
        if (!chosenCurves.isEmpty()) {
            try (Server server = Server.empty(home)) {
                postgres = measure(chosenCurves, server, size, findings);
            }
        }
        return tell(findings.report(Machine.of(postgres, new DefaultCamelContext().getVersion())));
    }

    private void check(List<String> names) {
        options.only.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("There is no benchmark " + name + ", there are " + names);
        });
    }

    private List<Benchmark> chosen(List<Benchmark> benchmarks) {
        return benchmarks.stream()
                .filter(benchmark -> options.only.isEmpty() || options.only.contains(benchmark.name()))
                .toList();
    }

    private String measure(List<Benchmark> benchmarks, Server server, Size size, Findings findings) throws Exception {
        try (PythonClient client = new PythonClient(server, options.python, options.messageDbPy)) {
            Setting setting = Setting.of(server, size, client);
            for (Benchmark benchmark : benchmarks) {
                findings.begin(benchmark.name());
                benchmark.run(setting, findings);
                server.closePools();
            }
        }
        return server.version();
    }

    private int tell(Report report) throws Exception {
        report.print(out);
        if (options.json != null) {
            report.writeJson(options.json);
        }
        if (options.markdown != null) {
            report.writeMarkdown(options.markdown);
        }
        Path docs = options.docs;
        if (docs != null) {
            report.writeDocs(docs, options.only.isEmpty());
        }
        return report.isPassed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
