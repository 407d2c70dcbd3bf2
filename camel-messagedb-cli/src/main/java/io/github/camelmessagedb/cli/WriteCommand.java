package io.github.camelmessagedb.cli;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageWriter;
import io.github.camelmessagedb.store.NewMessage;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "write", description = "Writes test messages.", sortOptions = false)
final class WriteCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection;

    @Parameters(
            paramLabel = "STREAM",
            arity = "0..1",
            description = "The stream to write to (a new one of the category testStream).")
    private @Nullable String stream;

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            defaultValue = "SomeType",
            description = "The type (${DEFAULT-VALUE}).")
    private String type = "";

    @Option(
            names = "--data",
            paramLabel = "JSON",
            defaultValue = "{\"attribute\": \"some value\"}",
            description = "The data (${DEFAULT-VALUE}).")
    private String data = "";

    @Option(
            names = "--metadata",
            paramLabel = "JSON",
            defaultValue = "{\"metaAttribute\": \"some meta value\"}",
            description = "The metadata (${DEFAULT-VALUE}).")
    private String metadata = "";

    @Option(
            names = {"-n", "--instances"},
            paramLabel = "N",
            defaultValue = "1",
            description = "How many (${DEFAULT-VALUE}).")
    private int instances;

    WriteCommand(Terminal terminal) {
        this.terminal = terminal;
        this.connection = new ConnectionOptions(terminal);
    }

    @Override
    public Integer call() {
        if (instances < 1) {
            throw new IllegalArgumentException("--instances must be at least 1, but is " + instances);
        }
        String name = stream == null ? "testStream-" + UUID.randomUUID() : stream;
        NewMessage message = NewMessage.of(name, type, data).withMetadata(metadata);
        MessageWriter writer = connection.store().writer();
        for (int i = 0; i < instances; i++) {
            NewMessage next = message.withId(UUID.randomUUID());
            long position = writer.write(next, ExpectedVersion.ANY);
            terminal.out().println("Wrote " + next.id() + " to " + Texts.printable(name) + " at position " + position);
        }
        return ExitCode.OK;
    }
}
