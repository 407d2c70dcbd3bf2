package io.github.camelmessagedb.examples.quickstart;

import io.github.camelmessagedb.component.MessageDbComponent;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * Writes 5,000 flights to Message DB, has a consumer group of three read them, and checks that none was lost, repeated or
 * out of order. Run again on the same database it goes on where it stood.
 *
 * <p>The argument is the JDBC URL of a Message DB; without one, an embedded database under {@code target} is used. Exits
 * with 0 if all is right, and 1, with a reason, if not.
 */
public final class Quickstart {

    private static final int FLIGHTS = 5000;
    private static final int MEMBERS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Rate written = new Rate();
    private final Rate read = new Rate();
    private final List<DelayMonitor> members =
            Stream.generate(() -> new DelayMonitor(read)).limit(MEMBERS).toList();

    /** Runs the example. */
    public static void main(String[] arguments) throws Exception {
        String jdbcUrl = arguments.length == 0 || arguments[0].isBlank() ? null : arguments[0];
        boolean right = jdbcUrl == null ? onEmbeddedDatabase() : new Quickstart().run(jdbcUrl);
        System.exit(right ? 0 : 1);
    }

    private static boolean onEmbeddedDatabase() throws Exception {
        try (EmbeddedMessageDb database = EmbeddedMessageDb.builder()
                .dataDirectory(Path.of("target", "quickstart-database"))
                .durable(true)
                .start()) {
            return new Quickstart().run(database.jdbcUrl());
        }
    }

    private boolean run(String jdbcUrl) throws Exception {
        MessageDbComponent component = new MessageDbComponent();
        component.setJdbcUrl(jdbcUrl);
        Main main = new Main();
        main.bind("messagedb", component);
        main.configure().addRoutesBuilder(new FlightRoutes(members, written));
        main.start();
        try {
            CamelContext context = main.getCamelContext();
            startMembers(context);
            awaitAll();
            context.getRouteController().stopAllRoutes();
            return report(new Verification(context.createProducerTemplate(), FLIGHTS).faults(members));
        } catch (TimeoutException e) {
            return report(List.of(e.getMessage()));
        } finally {
            main.stop();
        }
    }

    private void startMembers(CamelContext context) throws Exception {
        for (int member = 0; member < MEMBERS; member++) {
            new Restoring(context.createProducerTemplate(), member, MEMBERS).into(members.get(member));
        }
        System.out.printf("Known from earlier runs: %,d flights%n", flights());
        read.begin();
        for (int member = 0; member < MEMBERS; member++) {
            context.getRouteController().startRoute("member-" + member);
        }
    }

    private void awaitAll() throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (flights() < FLIGHTS || written.messages() < FLIGHTS) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("after %d s %,d flights were written and %,d handled, of %,d"
                        .formatted(PATIENCE.toSeconds(), written.messages(), flights(), FLIGHTS));
            }
            Thread.sleep(20);
        }
    }

    private long flights() {
        return members.stream().mapToLong(DelayMonitor::flights).sum();
    }

    private boolean report(List<String> faults) {
        System.out.printf("%nFlights of each member%n");
        for (int member = 0; member < MEMBERS; member++) {
            DelayMonitor monitor = members.get(member);
            System.out.printf(
                    "  member %d: %,5d flights of %d airports, %,d of them in this run%n",
                    member, monitor.flights(), monitor.airports().size(), monitor.handled());
        }
        System.out.printf("%nWorst average delays%n");
        members.stream()
                .flatMap(monitor -> monitor.airports().stream())
                .sorted(Comparator.comparingDouble(Airport::averageDelay).reversed())
                .limit(10)
                .forEach(airport -> System.out.printf(
                        "  %s %6.1f minutes, %d flight(s)%n",
                        airport.code(), airport.averageDelay(), airport.flights()));
        System.out.printf(
                "%nMessages a second: %,d written or found written already, %,d read%n",
                written.perSecond(), read.perSecond());
        if (faults.isEmpty()) {
            System.out.printf(
                    "Right: each of the %,d flights was handled exactly once, and in order for each airport%n",
                    FLIGHTS);
        }
        faults.forEach(fault -> System.out.println("Wrong: " + fault));
        return faults.isEmpty();
    }
}
