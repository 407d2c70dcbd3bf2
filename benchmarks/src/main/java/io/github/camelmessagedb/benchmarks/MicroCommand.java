package io.github.camelmessagedb.benchmarks;

import io.github.camelmessagedb.benchmarks.micro.Parts;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is too small for a database. It has no targets. */
@Command(name = "micro", description = "Measures what is too small for a database, by JMH.")
final class MicroCommand implements Callable<Integer> {

    @Option(names = "--seconds", defaultValue = "2", description = "How long an iteration takes.")
    private int seconds;

    @Override
    public Integer call() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(Parts.class.getName())
                        .forks(1)
                        .warmupIterations(3)
                        .measurementIterations(5)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementTime(TimeValue.seconds(seconds))
                        .build())
                .run();
        return 0;
    }
}
