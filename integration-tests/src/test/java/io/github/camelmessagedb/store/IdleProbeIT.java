package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.store.IdleProbe.Look;
import io.github.camelmessagedb.store.IdleProbe.Numbers;
import io.github.camelmessagedb.store.IdleProbe.Watched;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Writer;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers about those who wait. All as the role message_store. */
class IdleProbeIT {

    private static final String CACHE = "ALTER SEQUENCE message_store.messages_global_position_seq CACHE ";

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private IdleProbe probe;

    @BeforeEach
    void open() {
        probe = new MessageStore(database.dataSource()).idleProbe();
    }

    private static Watched watched(String name, long position) {
        return new Watched(StreamName.of(name), position);
    }

    private Set<Watched> arrived(Watched... watched) {
        return probe.look(Set.of(watched)).arrived();
    }

    @Test
    void sees_those_of_a_category_that_are_before_a_message() {
        writeAll(database.store(), messages("user-1", "order-1", "user-2"));

        assertThat(arrived(watched("user", 2), watched("user", 3), watched("order", 1), watched("order", 2)))
                .containsExactlyInAnyOrder(watched("user", 2), watched("order", 1));
    }

    @Test
    void sees_those_of_a_stream_by_its_own_positions() {
        writeAll(database.store(), messages("order-1", "user-1", "user-1"));

        assertThat(arrived(watched("user-1", 0), watched("user-1", 1), watched("user-2", -1)))
                .containsExactly(watched("user-1", 0));
    }

    @Test
    void sees_those_of_everything() {
        writeAll(database.store(), messages("user-1", "order-1"));

        assertThat(arrived(watched("$all", 1), watched("$all", 2))).containsExactly(watched("$all", 1));
    }

    @Test
    void a_name_that_a_category_begins_with_is_another_category() {
        writeAll(database.store(), messages("users-1", "user:command-1", "use-1"));

        assertThat(arrived(watched("user", 0))).isEmpty();
    }

    @Test
    void numbers_are_the_same_until_one_is_given() {
        Numbers none = probe.numbers();
        assertThat(probe.numbers()).isEqualTo(none);

        writeAll(database.store(), messages("user-1"));
        Numbers first = probe.numbers();
        assertThat(first).isNotEqualTo(none);

        assertThat(probe.look(Set.of()).numbers()).isEqualTo(first);
    }

    @Test
    void is_not_settled_while_somebody_may_write_at_a_number_that_was_given() throws Exception {
        try (Writer writer = new Writer(database.dataSource())) {
            writer.insert("user-1", "1");
            Look open = probe.look(Set.of(watched("user", 0)));
            writer.commit();
            Look ended = probe.look(Set.of(watched("user", 0)));

            assertThat(open.settled()).isFalse();
            assertThat(open.arrived()).isEmpty();
            assertThat(ended.settled()).isTrue();
            assertThat(ended.arrived()).hasSize(1);
            assertThat(ended.numbers()).isEqualTo(open.numbers());
        }
    }

    @Test
    void is_never_settled_where_sessions_have_numbers_in_advance() {
        database.execute(CACHE + 20);
        boolean inAdvance = probe.look(Set.of()).settled();
        database.execute(CACHE + 1);

        assertThat(inAdvance).isFalse();
        assertThat(probe.look(Set.of()).settled()).isTrue();
    }

    @Test
    void is_never_settled_on_a_standby_and_sees_what_has_arrived_there() throws Exception {
        try (EmbeddedMessageDb server = EmbeddedMessageDb.start()) {
            writeAll(new MessageStore(server.dataSource()), messages("user-1"));
            server.stopServer();
            Files.createFile(server.dataDirectory().resolve("data").resolve("standby.signal"));
            server.startServer();

            Look look = new MessageStore(server.dataSource()).idleProbe().look(Set.of(watched("user", 0)));

            assertThat(look.settled()).isFalse();
            assertThat(look.numbers().standby()).isTrue();
            assertThat(look.arrived()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"read committed", "repeatable read"})
    void sees_what_was_committed_before_its_last_part_began(String level) throws Exception {
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_isolation = '" + level + "'");
        try (Writer writer = new Writer(database.ownerDataSource())) {
            // The last part waits for this lock, the others do not.
            writer.execute("LOCK TABLE message_store.messages IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Look> look = CompletableFuture.supplyAsync(() -> probe.look(Set.of(watched("user", 0))));
            await().until(() -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted"
                            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                    == 1);
            writer.insert("user-1", "1").commit();

            assertThat(look.get().arrived()).containsExactly(watched("user", 0));
        }
    }

    @Test
    void leaves_a_connection_that_does_not_commit_by_itself_as_it_was() throws Exception {
        try (OneConnection session = OneConnection.of(database.dataSource())) {
            session.connection().setAutoCommit(false);
            IdleProbe there = new MessageStore(database.dataSource(), session).idleProbe();

            assertThat(there.look(Set.of(watched("user", 0))).settled()).isTrue();
            assertThat(there.numbers()).isEqualTo(probe.numbers());
            assertThat(session.connection().getAutoCommit()).isFalse();
        }
    }

    @Test
    void is_not_asked_in_a_transaction_that_somebody_else_ends() throws Exception {
        try (OneConnection session = OneConnection.inTransaction(database.dataSource())) {
            IdleProbe joining = new MessageStore(database.dataSource(), session).idleProbe();

            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(joining::numbers);
        }
    }
}
