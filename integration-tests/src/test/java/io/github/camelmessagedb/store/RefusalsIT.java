package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.everythingSaidBy;
import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.write;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server refuses, and what is said about it. After each of these calls the pool has all its connections. */
class RefusalsIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private HikariDataSource pool;
    private MessageStore store;

    @BeforeEach
    void open() {
        pool = database.pool(3);
        store = TestStores.of(pool);
    }

    @AfterEach
    void noConnectionIsLeased() {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    void a_wrong_expected_version_names_stream_and_both_versions() {
        String stream = "konto (Stream: x, Stream Version: 7)-1";
        write(store, stream);
        write(store, stream);

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> store.writer().write(message(stream), ExpectedVersion.of(0)))
                .satisfies(conflict -> {
                    assertThat(conflict.stream()).isEqualTo(StreamName.of(stream));
                    assertThat(conflict.expected()).isEqualTo(ExpectedVersion.of(0));
                    assertThat(conflict.actual()).hasValue(1);
                });
        assertThat(database.messageCount()).isEqualTo(2);
    }

    @Test
    void a_stream_that_exists_or_does_not_against_expectation_is_named() {
        write(store, "one-1");

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> store.writer().write(message("one-1"), ExpectedVersion.NO_STREAM))
                .satisfies(conflict -> assertThat(conflict.actual()).hasValue(0));
        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> store.writer().write(message("one-2"), ExpectedVersion.of(0)))
                .satisfies(conflict -> assertThat(conflict.actual()).hasValue(-1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"secret\": \"\\u0000\"}",
                "{\"secret\": \"\\ud800\"}",
                "{\"secret\": \"\\ude00\\ud83d\"}",
                "{\"secret\": 1e140000}"
            })
    void json_that_only_the_server_refuses_is_refused_without_its_content(String json) {
        for (MessageRejectedException rejected : List.of(
                rejected(List.of(NewMessage.of("one-1", "Opened", json))),
                rejected(List.of(message("one-1"), NewMessage.of("one-1", "Opened", json))),
                rejected(List.of(message("one-1").withMetadata(json))))) {
            assertThat(rejected).hasMessageContaining("one-1");
            assertThat(rejected.sqlState().orElseThrow()).startsWith("22");
            assertThat(everythingSaidBy(rejected)).doesNotContain("secret", "140000", "u0000", "d800");
        }
        assertThat(database.messageCount()).isZero();
    }

    @Test
    void what_a_check_of_the_owner_s_refuses_is_refused_without_its_content() {
        database.execute(
                "ALTER TABLE message_store.messages ADD CONSTRAINT decent CHECK (data ->> 'word' <> 'secret')");

        MessageRejectedException rejected = rejected(List.of(NewMessage.of("one-1", "Said", "{\"word\": \"secret\"}")));

        assertThat(rejected).hasMessageContaining("decent");
        assertThat(everythingSaidBy(rejected)).doesNotContain("secret");
    }

    @Test
    void what_a_trigger_of_the_owner_s_refuses_is_refused_with_its_words() {
        database.execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'not on Sundays'; END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON message_store.messages FOR EACH ROW EXECUTE FUNCTION refuse()""");

        assertThat(rejected(messages("one-1"))).hasMessageContaining("not on Sundays");
    }

    @Test
    void a_name_too_long_for_the_server_s_index_is_refused() {
        String longId =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(300).collect(Collectors.joining());

        assertThat(rejected(messages("one-" + longId)).sqlState()).contains("54000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock_timeout", "statement_timeout"})
    void a_time_out_of_the_server_s_means_that_nothing_was_written(String setting) throws Exception {
        database.execute("ALTER ROLE message_store IN DATABASE " + database.name() + " SET " + setting + " = '50ms'");
        try (OneConnection other = OneConnection.inTransaction(database.ownerDataSource())) {
            other.execute("SET LOCAL search_path TO message_store; SELECT acquire_lock('one-9')");

            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> write(store, "one-1"));
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> writeAll(store, messages("zero-1", "one-1")));
            write(store, "zero-1");
        }
        assertThat(database.messageCount()).isEqualTo(1);
    }

    @Test
    void a_message_given_twice_is_refused_before_it_is_sent() {
        NewMessage message = message("one-1");

        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> writeAll(store, List.of(message, message)));
        assertThat(database.messageCount()).isZero();
    }

    private MessageRejectedException rejected(List<NewMessage> messages) {
        return catchThrowableOfType(
                MessageRejectedException.class, () -> store.writer().write(messages, Map.of()));
    }
}
