package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.testing.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many messages through a group of four, in two programs, while sessions, servers and programs are killed all the time; then
 * the oracle looks at all of it. It says what it has seen on the standard output, and fails if a promise was broken.
 */
final class Soak implements AutoCloseable {

    static final String CATEGORY = "soak";

    private static final int PROGRAMS = 2;
    private static final int MEMBERS = 4;
    private static final int INTERVAL = 100;
    private static final int MAX_IN_FLIGHT = 200;
    private static final int QUIET_MESSAGES = 1000;
    private static final long PATIENCE_SECONDS = 120;

    private final Path directory = Files.createTempDirectory("soak");
    private final EmbeddedMessageDb server =
            EmbeddedMessageDb.builder().durable(true).start();
    private final Oracle oracle = new Oracle();
    private final List<Consuming> programs = new ArrayList<>();
    private final SoakFigures figures = new SoakFigures(PROGRAMS);

    private Soak() throws IOException {
        for (int i = 0; i < PROGRAMS; i++) {
            List<String> members = new ArrayList<>();
            for (int member = i; member < MEMBERS; member += PROGRAMS) {
                members.add("messagedb:" + CATEGORY + "?concurrentConsumers=4&positionUpdateInterval=" + INTERVAL
                        + "&maxInFlight=" + MAX_IN_FLIGHT + "&consumerGroupSize=" + MEMBERS + "&consumerGroupMember="
                        + member + "&retryDelay=50&maxRetryDelay=1000");
            }
            int mayRepeat = members.size() * (INTERVAL + MAX_IN_FLIGHT - 1);
            programs.add(new Consuming(server.jdbcUrl(), members, mayRepeat, directory.resolve("program" + i)));
        }
    }

    /** As the system properties soak.messages and soak.seed say. */
    public static void main(String[] arguments) throws Exception {
        int messages = Integer.getInteger("soak.messages", 1_000_000);
        long given = Long.getLong("soak.seed", 0);
        long seed = given == 0 ? System.nanoTime() : given;
        try (Soak soak = new Soak();
                SoakWriters writers = new SoakWriters(soak.server, soak.oracle)) {
            System.out.println("Soak: %,d messages, seed %d, PostgreSQL %s, JDK %s, %d processors"
                    .formatted(
                            messages,
                            seed,
                            soak.server.serverVersion(),
                            System.getProperty("java.version"),
                            Runtime.getRuntime().availableProcessors()));
            soak.noisily(writers, messages, new Random(seed));
            soak.quietly(writers);
            soak.check();
        } catch (Exception | AssertionError e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private void noisily(SoakWriters writers, int messages, Random random) throws Exception {
        start();
        figures.begin();
        long began = System.nanoTime();
        Chaos chaos = Chaos.start(server, programs, random);
        Thread writing = writing(writers, messages, random.nextLong());
        while (writing.isAlive()) {
            chaos.requireNoFailure();
            look(true);
            pause();
        }
        double written = seconds(began);
        chaos.stop();
        awaitAll();
        double handled = seconds(began);
        System.out.println("written: %,d in %.0f s, %.0f/s"
                .formatted(oracle.acknowledged(), written, oracle.acknowledged() / written));
        System.out.println(
                "handled: %,d in %.0f s, %.0f/s".formatted(oracle.handled(), handled, oracle.handled() / handled));
        System.out.println("killed: %s".formatted(chaos.counts()));
        System.out.println("repeated: %,d".formatted(figures.handled() - oracle.handled()));
        System.out.println(
                "longest time in which a program handled nothing: %.1f s".formatted(figures.longestStallSeconds()));
        System.out.println(
                "most memory of a program: %d MiB, with a heap of 128".formatted(figures.largestMemoryMiB()));
        stop();
    }

    private Thread writing(SoakWriters writers, int messages, long seed) {
        Thread thread = new Thread(() -> {
            try {
                writers.write(messages, seed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    /** After the clean stop nothing comes again. */
    private void quietly(SoakWriters writers) throws Exception {
        long handledBefore = figures.handled();
        long writtenBefore = oracle.acknowledged();
        start();
        writers.write(QUIET_MESSAGES, 1);
        awaitAll();
        stop();
        System.out.println("after a clean stop: %,d written, %,d handled"
                .formatted(oracle.acknowledged() - writtenBefore, figures.handled() - handledBefore));
    }

    private void check() {
        oracle.checkNoneMissing();
        oracle.checkStored(server.ownerDataSource());
        oracle.checkHandled(server.ownerDataSource(), stream -> true);
        System.out.println("The oracle has nothing to complain of");
    }

    private void start() throws IOException {
        for (Consuming program : programs) {
            program.start();
        }
    }

    private void stop() throws InterruptedException {
        for (Consuming program : programs) {
            program.stop();
        }
        look(false);
    }

    private void look(boolean isWorkToDo) {
        for (int i = 0; i < programs.size(); i++) {
            figures.add(i, programs.get(i).tell(oracle), isWorkToDo);
            figures.lookAt(programs.get(i).jvm().pid());
        }
    }

    /** Fails where nothing comes any more. */
    private void awaitAll() {
        long moved = System.nanoTime();
        while (!oracle.hasHandledAllAcknowledged()) {
            long before = figures.handled();
            pause();
            look(false);
            if (figures.handled() > before) {
                moved = System.nanoTime();
            } else if (seconds(moved) > PATIENCE_SECONDS) {
                throw new AssertionError("Nothing comes any more; " + oracle.handled() + " of " + oracle.acknowledged()
                        + " were handled. What the programs say is in " + directory);
            }
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    @Override
    public void close() {
        programs.forEach(Consuming::close);
        server.close();
    }
}
