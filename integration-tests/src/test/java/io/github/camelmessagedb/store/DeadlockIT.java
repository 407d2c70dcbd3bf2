package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Together;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadlockIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @Test
    void a_batch_that_is_the_victim_of_a_deadlock_is_written_all_the_same() throws Exception {
        try (OneConnection other = OneConnection.inTransaction(database.ownerDataSource())) {
            // Only the batch looks for deadlocks, so it is the victim.
            other.execute("SET LOCAL deadlock_timeout = '10min'; SET LOCAL search_path TO message_store");
            other.execute("SELECT acquire_lock('b-1')");
            CompletableFuture<List<Long>> batch =
                    CompletableFuture.supplyAsync(() -> writeAll(database.store(), messages("b-1", "a-1", "b-1")));
            await().until(() ->
                    database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1);

            other.execute("SELECT write_message(gen_random_uuid()::varchar, 'a-1', 'Other', '{}')");
            other.connection().commit();

            assertThat(batch.get(30, TimeUnit.SECONDS)).containsExactly(0L, 1L, 1L);
        }
        assertThat(database.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .as("deadlocks, which the server counts late")
                .isBetween(0L, 1L);
        assertThat(database.messageCount()).isEqualTo(4);
    }

    @Test
    void batches_over_the_same_categories_in_any_order_do_not_wait_for_each_other_in_a_circle() {
        Together.call(6, writer -> {
            MessageStore store = database.store();
            for (int i = 0; i < 20; i++) {
                List<NewMessage> batch = new ArrayList<>();
                for (String category : new String[] {"a", "b", "c", "d"}) {
                    batch.add(message(category + "-" + writer));
                }
                Collections.shuffle(batch);
                writeAll(store, batch);
            }
            return null;
        });

        assertThat(database.messageCount()).isEqualTo(480);
        await().untilAsserted(() -> assertThat(
                        database.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .isZero());
    }
}
