package io.github.camelmessagedb.examples.kafka;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.util.List;

/**
 * Starts a PostgreSQL with Message DB and a Kafka broker, runs the bridge between them in a process of its own, and says
 * what came of the messages. Exits with 0 if all is right, and 1, with a reason, if not.
 */
public final class KafkaBridge {

    private KafkaBridge() {}

    /** Runs the example. */
    public static void main(String[] arguments) throws Exception {
        List<String> faults = faults();
        faults.forEach(fault -> System.out.println("Wrong: " + fault));
        if (faults.isEmpty()) {
            System.out.println("Right: no message was lost or left its order, none was written twice");
        }
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private static List<String> faults() throws Exception {
        try (Broker broker = Broker.start("account-events", "payments", "payments-dead");
                EmbeddedMessageDb database = EmbeddedMessageDb.start()) {
            return new Demonstration(database, broker.url()).run();
        }
    }
}
