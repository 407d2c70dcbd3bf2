package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.testing.RecordingDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Consumers that have nothing to do are watched for together, whatever becomes of that. */
@Timeout(120)
class IdleIT extends ComponentTest {

    private static final int CONSUMERS = 4;
    private static final String SMALL_QUESTION = "SELECT last_value";
    private static final int LATELY = 40;

    private final Received received = new Received();
    private RecordingDataSource recording;

    private void record(DataSource dataSource) {
        recording = new RecordingDataSource(dataSource);
        context.getRegistry().bind("pool", recording.dataSource());
    }

    private String name(int consumer) {
        return category + "x" + consumer;
    }

    private void startConsumers(String options) throws Exception {
        start(routes -> {
            for (int i = 0; i < CONSUMERS; i++) {
                routes.from("messagedb:" + name(i) + options).process(received);
            }
        });
    }

    /** Hardly anything is asked but whether there is a number. Each looks once a second all the same. */
    private void awaitWatched() {
        int before = recording.prepared().size();
        eventually().until(() -> {
            List<String> since = recording.prepared();
            return since.size() > before + LATELY
                    && since.subList(since.size() - LATELY, since.size()).stream()
                                    .filter(sql -> sql.startsWith(SMALL_QUESTION))
                                    .count()
                            > LATELY - 2 * CONSUMERS;
        });
    }

    private void writeToAll(MessageStore store, int number) {
        for (int i = 0; i < CONSUMERS; i++) {
            store.writer()
                    .write(NewMessage.of(name(i) + "-1", "Counted", Integer.toString(number)), ExpectedVersion.ANY);
        }
    }

    private void awaitAll(int numbers) {
        received.awaitCount(CONSUMERS * numbers);
        assertThat(received.numbers().stream().sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, numbers)
                        .boxed()
                        .flatMap(number -> IntStream.range(0, CONSUMERS).mapToObj(i -> number))
                        .toList());
    }

    @Test
    void those_who_wait_are_watched_for_together_and_get_what_comes() throws Exception {
        record(pool);
        startConsumers("");
        awaitWatched();

        writeToAll(store(), 1);
        awaitAll(1);
        awaitWatched();
        writeToAll(store(), 2);

        awaitAll(2);
    }

    @Test
    void all_members_of_a_group_are_watched_for() throws Exception {
        record(pool);
        start(routes -> {
            for (int i = 0; i < CONSUMERS; i++) {
                routes.from("messagedb:" + category + "?consumerGroupSize=" + CONSUMERS + "&consumerGroupMember=" + i)
                        .process(received);
            }
        });
        awaitWatched();

        for (int i = 1; i <= 20; i++) {
            write(category + "-" + i, "Counted", Integer.toString(i));
        }
        received.awaitCount(20);
        awaitWatched();

        assertThat(received.numbers()).hasSize(20);
    }

    @Test
    void killed_sessions_are_survived() throws Exception {
        record(pool);
        startConsumers("?retryDelay=20&maxRetryDelay=100");
        awaitWatched();

        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE usename = 'message_store' AND datname = current_database()");
        writeToAll(store(), 1);
        awaitAll(1);
        awaitWatched();
        writeToAll(store(), 2);

        awaitAll(2);
    }

    @Test
    void a_restart_of_the_server_is_survived() throws Exception {
        try (EmbeddedMessageDb server =
                EmbeddedMessageDb.builder().durable(true).start()) {
            record(database.pool(server.dataSource(), config -> {}));
            startConsumers("?retryDelay=20&maxRetryDelay=100");
            awaitWatched();

            server.stopServer();
            server.startServer();
            writeToAll(new MessageStore(server.dataSource()), 1);
            awaitAll(1);
            awaitWatched();
            writeToAll(new MessageStore(server.dataSource()), 2);

            awaitAll(2);
            context.stop();
        }
    }

    @Test
    void a_pool_of_one_connection_is_enough() throws Exception {
        pool.setMaximumPoolSize(1);
        record(pool);
        startConsumers("");
        awaitWatched();

        for (int i = 1; i <= 10; i++) {
            writeToAll(store(), i);
        }

        awaitAll(10);
    }

    @Test
    void who_may_not_see_the_numbers_looks_for_itself() throws Exception {
        database.execute("REVOKE SELECT ON SEQUENCE message_store.messages_global_position_seq FROM message_store");
        try {
            startConsumers("");
            writeToAll(store(), 1);
            awaitAll(1);
            writeToAll(store(), 2);

            awaitAll(2);
        } finally {
            database.execute("GRANT SELECT ON SEQUENCE message_store.messages_global_position_seq TO message_store");
        }
    }

    @Test
    void the_thread_goes_with_the_last_consumer() throws Exception {
        record(pool);
        startConsumers("");
        awaitWatched();
        assertThat(threadsOfWatch()).hasSize(1);

        List<Route> routes = new ArrayList<>(context.getRoutes());
        for (Route route : routes.subList(1, CONSUMERS)) {
            context.getRouteController().stopRoute(route.getRouteId());
        }
        assertThat(threadsOfWatch()).hasSize(1);
        context.getRouteController().stopRoute(routes.get(0).getRouteId());

        eventually().untilAsserted(() -> assertThat(threadsOfWatch()).isEmpty());
    }

    private static List<String> threadsOfWatch() {
        return threadsOfConsumers().stream()
                .filter(name -> name.contains("messagedb-idle"))
                .toList();
    }
}
