package io.github.camelmessagedb.cli;

import io.github.camelmessagedb.store.MessageReader;
import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.ReadQuery;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "messages",
        description = "Lists messages in order: of a stream, of a category, or all.",
        sortOptions = false)
final class MessagesCommand implements Callable<Integer> {

    private static final int PAGE = 1000;

    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            defaultValue = "$all",
            description = "A stream (account-123) or a category (account); all messages without one.")
    private String name = "$all";

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            defaultValue = "0",
            description = "Begin there: at a position of the stream, otherwise at a global position.")
    private long from;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "1000",
            description = "List so many at most (${DEFAULT-VALUE}); -1: all there are.")
    private long limit;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    MessagesCommand(Terminal terminal) {
        this.terminal = terminal;
        this.connection = new ConnectionOptions(terminal);
    }

    @Override
    public Integer call() {
        if (limit < 1 && limit != ReadQuery.UNLIMITED) {
            throw new IllegalArgumentException("--limit must be at least 1, or -1 for all, but is " + limit);
        }
        MessageFormat format = json ? MessageFormat.JSON : MessageFormat.TEXT;
        MessageReader reader = connection.store().reader();
        ReadQuery query = ReadQuery.of(name).withPosition(from);
        long left = limit == ReadQuery.UNLIMITED ? Long.MAX_VALUE : limit;
        boolean more = true;
        while (more && left > 0) {
            Page page = read(reader, query.withBatchSize((int) Math.min(left, PAGE)));
            page.messages().forEach(message -> terminal.out().println(format.print(message)));
            left -= page.messages().size();
            query = query.withPosition(page.nextPosition());
            // Whoever reads us may have gone.
            more = !page.endReached() && !terminal.out().checkError();
        }
        if (more) {
            terminal.err().println("There may be more: --from " + query.position());
        }
        return ExitCode.OK;
    }

    private static Page read(MessageReader reader, ReadQuery query) {
        if (query.name().equals(ReadQuery.ALL)) {
            return reader.readAll(query);
        }
        return query.name().isCategory() ? reader.readCategory(query) : reader.readStream(query);
    }
}
