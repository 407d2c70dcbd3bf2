package io.github.camelmessagedb.examples.jms;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts a PostgreSQL with Message DB and an Artemis broker, runs the bridge between them in a process of its own, and
 * says what came of the messages. Exits with 0 if all is right, and 1, with a reason, if not.
 */
public final class JmsBridge {

    private JmsBridge() {}

    /** Runs the example. */
    public static void main(String[] arguments) throws Exception {
        List<String> faults = faults();
        faults.forEach(fault -> System.out.println("Wrong: " + fault));
        if (faults.isEmpty()) {
            System.out.println("Right: no message was lost or left its order, none came or was written twice");
        }
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private static List<String> faults() throws Exception {
        Path target = Files.createDirectories(Path.of("target"));
        try (Broker broker = Broker.start(Files.createTempDirectory(target, "artemis"));
                EmbeddedMessageDb database = EmbeddedMessageDb.start()) {
            return new Demonstration(database, broker.url()).run();
        }
    }
}
