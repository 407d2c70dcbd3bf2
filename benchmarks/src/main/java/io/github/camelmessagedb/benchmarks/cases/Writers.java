package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * Writers, each to a category of its own, so that their numbers do not become visible in order: transactions of one to three
 * messages, some of which are rolled back, and some of which take their time before they end.
 */
final class Writers implements AutoCloseable {

    private static final int ONE_IN_ROLLS_BACK = 5;
    private static final int ONE_IN_DAWDLES = 20;
    private static final int LONGEST_DAWDLING_MS = 20;

    private final Set<String> committed = ConcurrentHashMap.newKeySet();
    private final List<Future<Void>> writing = new ArrayList<>();
    private final ExecutorService threads;
    private volatile boolean ended;

    Writers(int writers, Server server) {
        threads = Executors.newFixedThreadPool(writers);
        DataSource pool = server.pool(writers, Commit.OFF);
        for (int i = 0; i < writers; i++) {
            int writer = i;
            writing.add(threads.submit(() -> write(pool, writer)));
        }
    }

    private Void write(DataSource pool, int writer) throws SQLException, InterruptedException {
        Random random = new Random(writer);
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            while (!ended) {
                transaction(connection, "writer" + writer + "-1", random);
            }
        }
        return null;
    }

    private void transaction(Connection connection, String stream, Random random)
            throws SQLException, InterruptedException {
        Set<String> ids = new HashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            UUID id = UUID.randomUUID();
            BareJdbc.write(connection, stream, id);
            ids.add(id.toString());
        }
        if (random.nextInt(ONE_IN_DAWDLES) == 0) {
            Thread.sleep(random.nextInt(LONGEST_DAWDLING_MS));
        }
        if (random.nextInt(ONE_IN_ROLLS_BACK) == 0) {
            connection.rollback();
        } else {
            connection.commit();
            committed.addAll(ids);
        }
    }

    /** Ends them, and answers the ids of what is in the store. */
    Set<String> end() throws InterruptedException, ExecutionException {
        ended = true;
        for (Future<Void> writer : writing) {
            writer.get();
        }
        return committed;
    }

    @Override
    public void close() {
        ended = true;
        threads.shutdown();
    }
}
