package io.github.camelmessagedb.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said of a run. */
final class Options {

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Run this benchmark alone: see --list.")
    final List<String> only = new ArrayList<>();

    @Option(names = "--list", description = "Tell the names of the benchmarks.")
    boolean list;

    @Option(
            names = "--size",
            defaultValue = "full",
            description =
                    "full; quick, for nothing but what has a target, and for curves of fewer points; or tiny, to see"
                            + " whether all of it runs.")
    String size = "";

    @Option(names = "--targets", paramLabel = "FILE", description = "Other targets than those of the project.")
    @Nullable
    Path targets;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures go as JSON.")
    @Nullable
    Path json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Where the figures go as a table.")
    @Nullable
    Path markdown;

    @Option(
            names = "--docs",
            paramLabel = "DIRECTORY",
            description = "The repository whose pages the figures and plots go into. With it the curves run, too.")
    @Nullable
    Path docs;

    @Option(
            names = "--python",
            paramLabel = "PROGRAM",
            defaultValue = "python3",
            description = "The Python that has psycopg2 and message-db-py.")
    String python = "";

    @Option(
            names = "--message-db-py",
            paramLabel = "DIRECTORY",
            defaultValue = "",
            description = "Where message-db-py is, if it is not installed: the directory that has message_db in it.")
    String messageDbPy = "";

    @Option(
            names = "--postgres",
            paramLabel = "DIRECTORY",
            description =
                    "The PostgreSQL that serves: the directory that has bin/postgres in it, or 'bundled' for that of"
                            + " camel-messagedb-embedded. Where nothing is said, the newest that is installed where packages of"
                            + " Linux distributions put it, and if there is none the bundled one.")
    @Nullable
    String postgres;
}
