package io.github.camelmessagedb.cli;

import io.github.camelmessagedb.schema.MessageDbReports;
import io.github.camelmessagedb.schema.Report;
import io.github.camelmessagedb.schema.ReportTable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "report",
        description = "Prints how many messages there are, by stream, type or category, and their share in percent.",
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {

    /** The count and the share. */
    private static final int NUMBERS = 2;

    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection;

    @Parameters(
            index = "0",
            paramLabel = "REPORT",
            completionCandidates = Names.class,
            converter = Names.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Report report = Report.STREAM_SUMMARY;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PART",
            defaultValue = "",
            description = "Only where the first column has this in it.")
    private String filter = "";

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
        this.connection = new ConnectionOptions(terminal);
    }

    @Override
    public Integer call() {
        ReportTable table = MessageDbReports.on(connection.dataSource()).read(report, filter);
        terminal.out().println(new Table(table.columns(), table.rows(), NUMBERS).print());
        terminal.out().println("Total count: " + table.totalCount());
        return ExitCode.OK;
    }

    /** As the original's tools are called: stream-summary. */
    static final class Names implements Iterable<String>, ITypeConverter<Report> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Report.values()).map(Names::of).iterator();
        }

        @Override
        public Report convert(String name) {
            return Arrays.stream(Report.values())
                    .filter(report -> of(report).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + name + "' is no report: " + String.join(", ", new Names())));
        }

        private static String of(Report report) {
            return report.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
