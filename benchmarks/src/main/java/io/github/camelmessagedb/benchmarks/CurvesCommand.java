package io.github.camelmessagedb.benchmarks;

import io.github.camelmessagedb.benchmarks.curves.Curves;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What becomes of it as the work grows. It has no targets. */
@Command(
        name = "curves",
        description = "Measures what becomes of it as the work grows, and draws it.",
        mixinStandardHelpOptions = true)
final class CurvesCommand implements Callable<Integer> {

    @Mixin
    private final Options options = new Options();

    private final PrintWriter out;

    CurvesCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        return new Run(options, out).of(List.of(), Curves.ALL);
    }
}
