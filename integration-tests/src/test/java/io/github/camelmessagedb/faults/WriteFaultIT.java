package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.store.DuplicateMessageException;
import io.github.camelmessagedb.store.MessageRejectedException;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StreamName;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers get into each other's way, or write what is not to be written. */
@Timeout(120)
public class WriteFaultIT {

    private static final int TIMES = 3;
    private static final int LARGE = 50_000;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private static NewMessage message(String stream) {
        return NewMessage.of(stream, "Written", "1");
    }

    /**
     * The batch is the victim each time, for the other does not look for deadlocks. A session looks once, a second after it
     * began to wait: by then there is one.
     */
    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void deadlock_across_categories(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            for (int i = 0; i < TIMES; i++) {
                try (Writer other = new Writer(database.ownerDataSource())) {
                    other.execute("SET LOCAL deadlock_timeout = '10min'; SET LOCAL search_path = message_store")
                            .execute("SELECT acquire_lock('zebra-1')");
                    List<NewMessage> batch = List.of(message("zebra-1"), message("account-1"), message("zebra-1"));
                    if (shape != Shape.EVERYTHING) {
                        List.of(batch.get(0), batch.get(2))
                                .forEach(zebra -> scenario.oracle().mayPassOver(zebra.id()));
                    }
                    CompletableFuture<List<Long>> written = CompletableFuture.supplyAsync(() -> scenario.write(batch));
                    await().pollInterval(Duration.ofMillis(5)).until(this::somebodyWaitsForZebras);
                    other.execute("SELECT acquire_lock('account-1')").commit();
                    written.get(30, TimeUnit.SECONDS);
                }
            }
            await().until(() -> statistic("deadlocks") >= TIMES);
            scenario.end();
        }
    }

    private boolean somebodyWaitsForZebras() {
        return database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                        + " AND (classid::bigint << 32 | objid::bigint) = message_store.hash_64('zebra')")
                > 0;
    }

    /** Which the server counts late. */
    private long statistic(String name) {
        return database.number("SELECT " + name + " FROM pg_stat_database WHERE datname = current_database()");
    }

    /** Who waited for the lock does not see what was written meanwhile, and is refused. */
    @ParameterizedTest
    @ValueSource(strings = {"TRANSACTION_REPEATABLE_READ", "TRANSACTION_SERIALIZABLE"})
    void append_under_a_stricter_isolation(String isolation) throws Exception {
        Target strict = Target.of(database).withPool(pool -> pool.setTransactionIsolation(isolation));
        try (Scenario scenario = Scenario.start(strict, Shape.IN_A_GROUP)) {
            scenario.awaitMore(500);
            await("transactions that were refused").until(() -> statistic("xact_rollback") > 0);
            scenario.end();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void ids_that_are_there_already(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            for (int i = 0; i < TIMES; i++) {
                NewMessage message = message("account-" + i);
                List<NewMessage> batch = List.of(message, message("account-" + i));
                List<Long> positions = scenario.write(batch);
                scenario.awaitMore(10);

                assertThat(scenario.write(batch)).isEqualTo(positions);
                refuseElsewhere(message);
            }
            scenario.end();
        }
    }

    /** The oracle knows the message at its first place alone. */
    private void refuseElsewhere(NewMessage message) {
        NewMessage moved = new NewMessage(
                StreamName.of("account-moved"), message.id(), message.type(), message.data(), message.metadata());
        for (List<NewMessage> again : List.of(List.of(moved), List.of(message("account-new"), moved))) {
            assertThatExceptionOfType(DuplicateMessageException.class)
                    .isThrownBy(() -> database.store().writer().write(again, Map.of()));
        }
    }

    @Test
    protected void large_batch_and_one_whose_last_message_is_bad() throws Exception {
        List<NewMessage> batch = new ArrayList<>(IntStream.range(0, LARGE)
                .mapToObj(i -> message("account-" + i % Writers.STREAMS))
                .toList());
        List<NewMessage> bad = new ArrayList<>(
                batch.stream().map(message -> message(message.stream().value())).toList());
        bad.set(LARGE - 1, NewMessage.of("account-0", "Bad", "\"\\u0000\""));
        List<Shape.Route> large = Shape.IN_PARALLEL.routes().stream()
                .map(route -> route.with("&batchSize=1000&maxInFlight=1000&positionUpdateInterval=1000"))
                .toList();
        try (Scenario scenario = new Scenario(Target.of(database), large)) {
            scenario.startProgram(0);
            assertThatExceptionOfType(MessageRejectedException.class)
                    .isThrownBy(() -> database.store().writer().write(bad, Map.of()));
            scenario.write(batch);
            await().atMost(Duration.ofMinutes(1)).until(() -> scenario.oracle().handled() >= LARGE);
            scenario.end();
        }
    }
}
