package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.component.MessageDbConstants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * What a program that is killed leaves behind of what it has handled: a file, a line for each message, written by one call
 * of the operating system, so that it is there when the program is killed. (It is not meant to outlive a crash of the
 * machine.) Each life of the program begins with a line of its own, and ends with one if it was stopped in order.
 */
final class Ledger implements Processor {

    static final String BEGIN = "begin";
    static final String END = "end";

    /** A line without it was cut off, before its message was done with. */
    static final String WHOLE = " .";

    private final FileChannel channel;

    /** A message that was handled. */
    record Entry(long millis, UUID id) {

        static Entry parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Entry(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
        }
    }

    private Ledger(FileChannel channel) {
        this.channel = channel;
    }

    /** Begins a new life. */
    static Ledger begin(Path file) throws IOException {
        Ledger ledger = new Ledger(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        ledger.write("\n" + BEGIN);
        return ledger;
    }

    /** Notes each message of an exchange, of a list of them too, before that is done. */
    @Override
    public void process(Exchange exchange) throws IOException {
        if (exchange.getMessage().getBody() instanceof List<?> list) {
            for (Object element : list) {
                note((Message) element);
            }
        } else {
            note(exchange.getMessage());
        }
    }

    private void note(Message message) throws IOException {
        write(System.currentTimeMillis()
                + " " + header(message, MessageDbConstants.MESSAGE_ID)
                + " " + header(message, MessageDbConstants.STREAM_NAME)
                + " " + header(message, MessageDbConstants.POSITION)
                + " " + header(message, MessageDbConstants.GLOBAL_POSITION));
    }

    private static Object header(Message message, String name) {
        return Objects.requireNonNull(message.getHeader(name), name);
    }

    /** The program was stopped in order. */
    void end() throws IOException {
        write(END);
    }

    private void write(String text) throws IOException {
        channel.write(ByteBuffer.wrap((text + WHOLE + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
