package io.github.camelmessagedb.store;

import static io.github.camelmessagedb.store.Examples.message;
import static io.github.camelmessagedb.store.Examples.messages;
import static io.github.camelmessagedb.store.Examples.writeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.TcpProxy;
import io.github.camelmessagedb.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripsIT {

    private static final StreamName STREAM = StreamName.of("one-1");

    @RegisterExtension
    static final TestDatabase database = TestDatabase.extension();

    static Stream<Named<Consumer<MessageStore>>> calls() {
        ReadQuery category = ReadQuery.of("one");
        Filter filter = new Filter(new ConsumerGroup(0, 1), null, Set.of("Happened"), null);
        return Stream.of(
                Named.of("a write", store -> store.writer().write(message("one-1"), ExpectedVersion.ANY)),
                Named.of("a batch", store -> writeAll(store, messages(50, "one-1"))),
                Named.of("a batch over categories", store -> writeAll(store, messages("one-1", "two-1", "one-2"))),
                Named.of("a category's page", store -> store.reader().readCategory(category)),
                Named.of("a filtered page", store -> store.reader().readCategory(category.withFilter(filter))),
                Named.of(
                        "a conditional page",
                        store -> store.reader()
                                .readCategory(category.withFilter(Filter.NONE.withCondition("position >= 0")))),
                Named.of("a stream's page", store -> store.reader().readStream(ReadQuery.of("one-1"))),
                Named.of("a last message", store -> store.reader().readLastMessage(STREAM, null)),
                Named.of("a stream's version", store -> store.reader().streamVersion(STREAM)),
                Named.of(
                        "a look for those who wait",
                        store -> store.idleProbe().look(Set.of(new IdleProbe.Watched(STREAM, 0)))),
                Named.of("a time", store -> store.reader().firstPositionSince(STREAM, Instant.EPOCH)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void takes_one_round_trip(Consumer<MessageStore> call) throws SQLException {
        assertOneRoundTrip(call, true);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void takes_one_round_trip_on_a_connection_that_does_not_commit_by_itself(Consumer<MessageStore> call)
            throws SQLException {
        assertOneRoundTrip(call, false);
    }

    private static void assertOneRoundTrip(Consumer<MessageStore> call, boolean autoCommit) throws SQLException {
        database.execute("ALTER DATABASE " + database.name() + " SET message_store.sql_condition = on");
        try (TcpProxy proxy = TcpProxy.of(database);
                OneConnection session = OneConnection.of(proxy.through(database.dataSource()))) {
            session.connection().setAutoCommit(autoCommit);
            MessageStore store = TestStores.of(database.dataSource(), session);
            // The driver asks for some types when it meets them first, and prepares on the server later.
            for (int i = 0; i < 10; i++) {
                call.accept(store);
            }
            long before = proxy.messagesOfClients('S');

            call.accept(store);

            assertThat(proxy.messagesOfClients('S') - before).isEqualTo(1);
        }
    }
}
