package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Connections on which several statements would not be one transaction of their own. */
class DriverStateIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final NewMessage message = NewMessage.of("one-1", "A", "{}");

    @Test
    void the_simple_query_mode_is_refused_with_what_to_do() {
        PGSimpleDataSource dataSource = database.dataSource();
        dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);

        assertRefused(TestStores.of(dataSource), "preferQueryMode=simple", "prepareThreshold=0");
    }

    @Test
    void a_negative_prepare_threshold_is_refused_with_what_to_do() {
        PGSimpleDataSource dataSource = database.dataSource();
        dataSource.setPrepareThreshold(-1);

        assertRefused(TestStores.of(dataSource), "negative prepareThreshold", "0 or more");
    }

    @Test
    void a_prepare_threshold_of_zero_will_do() {
        PGSimpleDataSource dataSource = database.dataSource();
        dataSource.setPrepareThreshold(0);
        MessageStore store = TestStores.of(dataSource);

        assertThat(store.writer().write(message, ExpectedVersion.ANY)).isZero();
        assertThat(store.reader().streamVersion(message.stream())).hasValue(0);
    }

    @Test
    void a_transaction_that_somebody_else_began_is_not_committed() throws Exception {
        try (OneConnection one = OneConnection.of(database.dataSource())) {
            Connection connection = one.connection(database.dataSource());
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO message_store.messages (position, stream_name, type)"
                        + " VALUES (0, 'other-1', 'Begun')");
            }

            assertRefused(
                    TestStores.of(database.dataSource(), one),
                    "transaction that somebody else began",
                    "connectionStrategy");
            connection.rollback();
        }
        assertThat(database.messageCount()).isZero();
    }

    private void assertRefused(MessageStore store, String what, String remedy) {
        assertThatThrownBy(() -> store.writer().write(message, ExpectedVersion.ANY))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(what)
                .hasMessageContaining(remedy);
        assertThatThrownBy(() -> store.reader().readCategory(ReadQuery.of("one")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(what);
        assertThat(database.messageCount()).isZero();
    }
}
