package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.testing.Oracle;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many writers past {@code write_message} at once. */
class FastWritersIT {

    private static final int WRITERS = 8;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final FastWrites fastWrites = FastWrites.on(2, Duration.ofDays(1), status -> {});

    @Test
    void many_writers_of_several_categories_leave_no_hole_and_no_deadlock() {
        HikariDataSource pool = database.pool(WRITERS);
        MessageStore store = new MessageStore(pool).with(fastWrites);
        Oracle oracle = new Oracle();
        List<String> streams = FastWritesEqualIT.STREAMS;

        Together.call(WRITERS, writer -> {
            Random random = new Random(writer);
            for (int i = 0; i < 150; i++) {
                List<NewMessage> batch = new ArrayList<>();
                for (int n = 2 + random.nextInt(20); n > 0; n--) {
                    batch.add(Examples.message(streams.get(random.nextInt(streams.size()))));
                }
                batch.forEach(oracle::attempts);
                List<Long> positions =
                        random.nextBoolean() ? Examples.writeAll(store, batch) : writeShared(store, batch);
                for (int n = 0; n < batch.size(); n++) {
                    oracle.acknowledges(batch.get(n), positions.get(n));
                }
            }
            return writer;
        });

        oracle.checkStored(database.ownerDataSource());
        oracle.checkNoneMissing();
        assertThat(fastWrites.status()).isEqualTo(FastWritesStatus.IN_USE);
        assertThat(database.number("SELECT count(*) FROM (SELECT global_position, lag(global_position)"
                        + " OVER (PARTITION BY stream_name ORDER BY position) AS before FROM message_store.messages) AS m"
                        + " WHERE before > global_position"))
                .as("positions of streams that are not in the order of global positions")
                .isZero();
    }

    /** Those of one category together. */
    private static List<Long> writeShared(MessageStore store, List<NewMessage> batch) {
        Map<String, List<SharedWrite>> categories = new HashMap<>();
        List<SharedWrite> writes = batch.stream()
                .map(message -> new SharedWrite(message, ExpectedVersion.ANY, there -> {}))
                .toList();
        writes.forEach(write -> categories
                .computeIfAbsent(write.category(), any -> new ArrayList<>())
                .add(write));
        categories.values().forEach(store.sharedWriter()::write);
        return writes.stream()
                .map(write -> {
                    write.tell();
                    return write.outcome().join();
                })
                .toList();
    }
}
