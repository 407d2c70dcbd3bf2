package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.all;
import static io.github.camelmessagedb.store.Examples.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.TestDatabase;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeIT {

    /** In the hour that summer time skips in one zone or doubles in another. */
    private static final Instant HARD = Instant.parse("2026-03-29T01:30:00.123456Z");

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @CsvSource({
        "UTC,              UTC",
        "Asia/Kolkata,     UTC",
        "America/St_Johns, Asia/Kolkata",
        "Europe/Berlin,    America/St_Johns",
        "UTC,              Pacific/Chatham"
    })
    void is_utc_under_any_zone_of_jvm_and_server_session(String jvmZone, String serverZone) {
        TimeZone.setDefault(TimeZone.getTimeZone(jvmZone));
        database.execute("ALTER DATABASE " + database.name() + " SET timezone = '" + serverZone + "'");
        MessageStore store = database.store();
        Instant before = serverClock();
        write(store, "one-1");
        Instant after = serverClock();
        write(store, "one-2");
        database.execute("UPDATE message_store.messages SET time = '2026-03-29 01:30:00.123456'"
                + " WHERE stream_name = 'one-2'");

        assertThat(all(store, "one"))
                .extracting(StoredMessage::time)
                .satisfiesExactly(
                        first -> assertThat(first).isBetween(before, after),
                        second -> assertThat(second).isEqualTo(HARD));
    }

    @ParameterizedTest
    @CsvSource({"Asia/Kolkata", "America/St_Johns", "Europe/Berlin"})
    void finds_the_first_position_since_a_time_under_any_zone(String jvmZone) {
        TimeZone.setDefault(TimeZone.getTimeZone(jvmZone));
        MessageStore store = database.store();
        write(store, "one-1");
        write(store, "one-1");
        database.execute(
                "UPDATE message_store.messages SET time = '2026-03-29 01:30:00.123456'" + " WHERE position = 0");
        database.execute(
                "UPDATE message_store.messages SET time = '2026-03-29 01:30:00.123457'" + " WHERE position = 1");

        assertThat(store.reader().firstPositionSince(StreamName.of("one-1"), HARD))
                .hasValue(0);
        assertThat(store.reader().firstPositionSince(StreamName.of("one-1"), HARD.plusNanos(1000)))
                .hasValue(1);
        assertThat(store.reader().firstPositionSince(StreamName.of("one-1"), HARD.plusNanos(2000)))
                .isEmpty();
    }

    @Test
    void is_one_for_all_messages_of_a_batch() {
        MessageStore store = database.store();

        Examples.writeAll(store, Examples.messages("one-1", "one-2", "two-1"));

        assertThat(database.number("SELECT count(DISTINCT time) FROM message_store.messages"))
                .isEqualTo(1);
    }

    private Instant serverClock() {
        long micros = database.number("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
        return Instant.EPOCH.plusNanos(micros * 1000);
    }
}
