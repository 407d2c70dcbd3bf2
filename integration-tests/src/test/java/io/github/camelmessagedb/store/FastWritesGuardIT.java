package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Nothing is written past what an owner has changed, from the very next write on. */
class FastWritesGuardIT {

    /** As it is, but that it leaves a row in a table {@code called}. */
    private static final String REPLACE = """
            DO $do$ BEGIN
                EXECUTE replace(pg_get_functiondef('message_store.%s'::regproc), E'\\nBEGIN\\n',
                    E'\\nBEGIN\\nINSERT INTO public.called VALUES (1);\\n');
            END $do$;
            """;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final List<FastWritesStatus> told = new ArrayList<>();
    private MessageStore store;

    @BeforeEach
    void open() {
        database.execute("CREATE TABLE called (times int); GRANT ALL ON called TO PUBLIC");
        store = fast(database, Duration.ofDays(1));
    }

    private MessageStore fast(TestDatabase of, Duration retryAfter) {
        return fast(of.pool(4), retryAfter);
    }

    private MessageStore fast(DataSource pool, Duration retryAfter) {
        return new MessageStore(pool).with(FastWrites.on(2, retryAfter, told::add));
    }

    private static String replaced(String function) {
        return REPLACE.formatted(function);
    }

    /** Often enough for the driver and the server to have prepared the statement. */
    private void writeFast() {
        for (int i = 0; i < 10; i++) {
            writeAll(store, messages(3, "one-1"));
        }
        assertThat(store.fastWrites()).isEqualTo(FastWritesStatus.IN_USE);
        assertThat(called()).isZero();
    }

    private long called() {
        return database.number("SELECT count(*) FROM called");
    }

    private void assertPositions(int messages) {
        assertThat(database.query("SELECT position FROM message_store.messages ORDER BY global_position"))
                .extracting(row -> Long.valueOf(Objects.requireNonNull(row.get(0))))
                .containsExactlyElementsOf(LongStream.range(0, messages).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = TestSchema.class,
            names = {"OURS", "ORIGINAL", "ORIGINAL_1_2_6", "ORIGINAL_1_2_3", "ORIGINAL_1_1_6"})
    void the_original_of_any_version_and_ours_are_known(TestSchema schema) {
        try (TestDatabase other = TestDatabase.create(schema)) {
            MessageStore known = fast(other, Duration.ofDays(1));

            assertThat(writeAll(known, messages("one-1", "two-1", "one-1"))).containsExactly(0L, 0L, 1L);

            assertThat(known.fastWrites()).isEqualTo(FastWritesStatus.IN_USE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"write_message", "acquire_lock", "stream_version"})
    void a_replaced_function_is_called_from_the_very_next_write_on(String function) {
        writeFast();

        database.execute(replaced(function));
        writeAll(store, messages(3, "one-1"));

        assertThat(called()).isGreaterThanOrEqualTo(3);
        assertThat(store.fastWrites().whyNot()).contains("the function " + function + " is not the stock one");
        assertPositions(33);
    }

    @Test
    void a_replaced_function_is_called_for_writes_that_share_a_transaction() {
        writeFast();

        database.execute(replaced("write_message"));
        store.sharedWriter()
                .write(messages(3, "one-1").stream()
                        .map(message -> new SharedWrite(message, ExpectedVersion.ANY, there -> {}))
                        .toList());

        assertThat(called()).isEqualTo(3);
        assertPositions(33);
    }

    @Test
    void a_function_that_is_replaced_while_a_write_waits_for_its_lock_is_called_by_it() throws Exception {
        writeFast();

        CompletableFuture<List<Long>> write;
        try (OneConnection holder = OneConnection.inTransaction(database.ownerDataSource())) {
            holder.execute("SET LOCAL search_path TO message_store; SELECT acquire_lock('one-1')");
            write = CompletableFuture.supplyAsync(() -> writeAll(store, messages(3, "one-1")));
            await().until(() ->
                    database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1);
            database.execute(replaced("write_message"));
            holder.connection().rollback();
            write.get(30, TimeUnit.SECONDS);
        }

        assertThat(called()).isEqualTo(3);
        assertPositions(33);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER FUNCTION message_store.write_message SECURITY DEFINER SET search_path TO message_store",
                "ALTER FUNCTION message_store.write_message SET work_mem TO '8MB'",
                "CREATE OR REPLACE FUNCTION message_store.stream_version(stream_name varchar) RETURNS bigint LANGUAGE sql AS"
                        + " 'SELECT max(m.position) FROM message_store.messages m WHERE m.stream_name = $1'",
                "CREATE OR REPLACE FUNCTION message_store.hash_64(value varchar) RETURNS bigint IMMUTABLE LANGUAGE plpgsql"
                        + " AS $$ BEGIN RETURN hashtextextended(value, 0); END $$",
                "CREATE OR REPLACE FUNCTION message_store.category(stream_name varchar) RETURNS varchar IMMUTABLE LANGUAGE"
                        + " plpgsql AS $$ BEGIN RETURN 'all'; END $$",
                "CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; CREATE TRIGGER noted"
                        + " AFTER INSERT ON message_store.messages FOR EACH ROW EXECUTE FUNCTION noted()",
                "CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; CREATE TRIGGER noted"
                        + " AFTER INSERT ON message_store.messages EXECUTE FUNCTION noted()",
                "CREATE RULE noted AS ON INSERT TO message_store.messages DO ALSO INSERT INTO called VALUES (1)",
                "ALTER TABLE message_store.messages ENABLE ROW LEVEL SECURITY; CREATE POLICY everybody ON"
                        + " message_store.messages USING (true)",
                "REVOKE INSERT ON message_store.messages FROM message_store; ALTER FUNCTION message_store.write_message"
                        + " SECURITY DEFINER"
            })
    void what_an_owner_may_change_ends_it_with_the_very_next_write(String change) {
        writeFast();

        database.execute(change);
        assertThat(writeAll(store, messages(3, "one-1"))).containsExactly(30L, 31L, 32L);

        assertThat(store.fastWrites().inUse()).isFalse();
        assertThat(store.fastWrites().whyNot()).isNotEmpty();
        assertPositions(33);
    }

    @ParameterizedTest
    @ValueSource(strings = {"message_store.debug_write", "message_store.debug"})
    void who_wants_to_be_told_what_the_function_does_has_it_called(String setting) {
        PGSimpleDataSource debugging = database.dataSource();
        debugging.setOptions("-c " + setting + "=on");
        MessageStore noted = new MessageStore(debugging).with(FastWrites.on(2, Duration.ofDays(1), told::add));

        writeAll(noted, messages(3, "one-1"));

        assertThat(told)
                .singleElement()
                .satisfies(status -> assertThat(status.whyNot()).contains("debug_write"));
        assertPositions(3);
    }

    @Test
    void a_stricter_isolation_than_read_committed_is_left_to_the_function() {
        database.execute(
                "ALTER DATABASE " + database.name() + " SET default_transaction_isolation = 'repeatable read'");
        MessageStore strict =
                new MessageStore(database.dataSource()).with(FastWrites.on(2, Duration.ofDays(1), told::add));

        writeAll(strict, messages(3, "one-1"));

        assertThat(told)
                .singleElement()
                .satisfies(status -> assertThat(status.whyNot()).contains("default_transaction_isolation"));
        assertPositions(3);
    }

    @Test
    void who_may_not_call_the_function_does_not_get_past_it() {
        writeFast();

        database.execute("REVOKE EXECUTE ON FUNCTION message_store.write_message FROM PUBLIC, message_store");

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> writeAll(store, messages(3, "one-1")))
                .withMessageContaining("write_message");
        assertPositions(30);
    }

    @Test
    void in_somebody_else_s_transaction_the_function_is_called() throws Exception {
        database.execute(replaced("write_message"));
        try (OneConnection transaction = OneConnection.inTransaction(database.dataSource())) {
            MessageStore joined = new MessageStore(database.dataSource(), transaction)
                    .with(FastWrites.on(2, Duration.ofDays(1), told::add));

            writeAll(joined, messages(3, "one-1"));
            transaction.connection().commit();
        }

        assertThat(told).as("it is not even tried").isEmpty();
        assertThat(called()).isEqualTo(3);
    }

    @Test
    void what_is_put_back_is_found_again_and_told_once() {
        store = fast(database, Duration.ZERO);
        Runnable write = () -> writeAll(store, messages(2, "one-1"));
        write.run();
        database.execute("ALTER FUNCTION message_store.write_message STRICT");
        write.run();
        write.run();
        database.execute("ALTER FUNCTION message_store.write_message CALLED ON NULL INPUT");
        write.run();
        write.run();

        assertThat(told).extracting(FastWritesStatus::inUse).containsExactly(true, false, true);
    }

    @Test
    void one_message_that_is_refused_does_not_end_it() {
        NewMessage bad = NewMessage.of("one-1", "Bad", "\"\\u0000\"");

        assertThatExceptionOfType(MessageRejectedException.class)
                .isThrownBy(() -> writeAll(store, List.of(Examples.message("one-1"), bad)));

        writeFast();
    }

    @Test
    void all_are_written_with_one_plan_and_nothing_is_left_on_the_session() throws Exception {
        try (HikariDataSource one = database.pool(1)) {
            store = fast(one, Duration.ofDays(1));
            writeFast();

            try (Connection connection = one.getConnection();
                    Statement statement = connection.createStatement()) {
                ResultSet plans = statement.executeQuery("SELECT generic_plans > 0, custom_plans FROM"
                        + " pg_prepared_statements WHERE statement LIKE '%INSERT INTO message_store.messages%'");
                assertThat(plans.next()).isTrue();
                assertThat(plans.getBoolean(1)).isTrue();
                assertThat(plans.getInt(2)).isZero();
                ResultSet settings = statement.executeQuery("SELECT name FROM pg_settings WHERE setting <> reset_val"
                        + " AND name IN ('plan_cache_mode', 'enable_seqscan', 'search_path')");
                assertThat(settings.next()).isFalse();
            }
        }
    }

    /** The plan that is kept may be made while the table is small, and known to be. */
    @Test
    void no_write_reads_the_table_from_end_to_end() throws Exception {
        try (HikariDataSource one = database.pool(1)) {
            store = fast(one, Duration.ofDays(1));
            writeAll(store, messages(3, "one-1"));
            database.execute("ANALYZE message_store.messages");
            long before = database.sequentialScans(one);

            writeFast();

            assertThat(database.sequentialScans(one)).isEqualTo(before);
        }
    }
}
