package io.github.camelmessagedb.examples.scaleout;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.util.List;

/**
 * Starts a PostgreSQL with Message DB and a consumer group of three processes, kills one of them, starts it again, and says
 * what came of the messages. Exits with 0 if all is right, and 1, with a reason, if not.
 */
public final class ScaleOut {

    private ScaleOut() {}

    /** Runs the example. */
    public static void main(String[] arguments) throws Exception {
        List<String> faults = faults();
        faults.forEach(fault -> System.out.println("Wrong: " + fault));
        if (faults.isEmpty()) {
            System.out.println("Right: no message was lost or left its order");
        }
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private static List<String> faults() throws Exception {
        try (EmbeddedMessageDb database = EmbeddedMessageDb.start()) {
            return new Demonstration(database).run();
        }
    }
}
