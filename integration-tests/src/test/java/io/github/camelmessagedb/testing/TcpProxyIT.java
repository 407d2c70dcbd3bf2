package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

class TcpProxyIT {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.extension();

    private TcpProxy proxy;
    private PGSimpleDataSource dataSource;

    @BeforeEach
    void open() {
        proxy = TcpProxy.of(database);
        dataSource = proxy.through(database.dataSource());
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void a_statement_whose_sync_is_cut_off_is_not_committed() throws SQLException {
        insertWithCut(new Cut(Cut.Sender.CLIENT, 5, Cut.When.BEFORE), "before-1");

        assertThat(stored("before-1")).isZero();
    }

    @Test
    void a_statement_whose_sync_is_cut_in_half_is_not_committed() throws SQLException {
        insertWithCut(new Cut(Cut.Sender.CLIENT, 5, Cut.When.HALFWAY), "half-1");

        assertThat(stored("half-1")).isZero();
    }

    @Test
    void a_statement_that_is_cut_after_its_sync_is_committed() throws SQLException {
        insertWithCut(new Cut(Cut.Sender.CLIENT, 5, Cut.When.AFTER), "after-1");

        await().until(() -> stored("after-1") == 1);
    }

    @Test
    void a_statement_whose_answer_is_cut_off_is_committed() throws SQLException {
        // Parse complete, bind complete, no data, command complete, ready for query.
        insertWithCut(new Cut(Cut.Sender.SERVER, 5, Cut.When.BEFORE), "answer-1");

        assertThat(stored("answer-1")).isEqualTo(1);
    }

    @Test
    void refuses_and_accepts_connections_on_the_same_port() {
        proxy.refuseConnections();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> dataSource.getConnection().close());

        proxy.acceptConnections();
        assertThatNoException().isThrownBy(() -> dataSource.getConnection().close());
    }

    @Test
    void holds_back_what_is_sent_until_it_forwards_again() throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            proxy.stopForwarding();
            CompletableFuture<Boolean> valid = CompletableFuture.supplyAsync(() -> isValid(connection));

            proxy.forward();

            assertThat(valid.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void cuts_all_connections() throws SQLException {
        try (Connection one = dataSource.getConnection();
                Connection other = dataSource.getConnection()) {
            assertThat(proxy.connections()).isEqualTo(2);

            proxy.cutAll();

            assertThat(isValid(one)).isFalse();
            assertThat(isValid(other)).isFalse();
        }
        await().until(() -> proxy.connections() == 0);
    }

    private void insertWithCut(Cut cut, String stream) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement("INSERT INTO message_store.messages"
                        + " (id, stream_name, type, position, data) VALUES (gen_random_uuid(), ?, 'T', 0, '{}')")) {
            statement.setString(1, stream);
            proxy.set(cut);
            assertThatExceptionOfType(SQLException.class).isThrownBy(statement::execute);
        }
    }

    private static boolean isValid(Connection connection) {
        try {
            return connection.isValid(5);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long stored(String stream) {
        return database.number("SELECT count(*) FROM message_store.messages WHERE stream_name = ?", stream);
    }
}
