package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.StreamName;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Which transactions a write is part of, and which it is not. */
class SpringConnectionsIT {

    @RegisterExtension
    static final MessageDbExtension messageDb = MessageDbExtension.create();

    private final String stream = "account-" + UUID.randomUUID();
    private HikariDataSource pool;
    private HikariDataSource other;

    @BeforeEach
    void open() {
        pool = new HikariDataSource();
        pool.setDataSource(messageDb.dataSource());
        other = new HikariDataSource();
        other.setDataSource(messageDb.dataSource());
    }

    @AfterEach
    void close() {
        pool.close();
        other.close();
    }

    private static TransactionTemplate transaction(DataSource dataSource) {
        return new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    private void write(DataSource dataSource) {
        new MessageStore(dataSource, new SpringConnections())
                .writer()
                .write(NewMessage.of(stream, "Opened", "{}"), ExpectedVersion.ANY);
    }

    private OptionalLong version() {
        return new MessageStore(messageDb.dataSource()).reader().streamVersion(StreamName.of(stream));
    }

    @Test
    void it_is_part_of_the_transaction_behind_a_proxy() {
        DataSource proxy = new TransactionAwareDataSourceProxy(pool);

        transaction(pool).executeWithoutResult(status -> {
            write(proxy);
            assertThat(version()).as("seen by others").isEmpty();
            status.setRollbackOnly();
        });

        assertThat(version()).isEmpty();
    }

    @Test
    void it_is_not_part_of_another_data_source_s() {
        other.setAutoCommit(false);

        transaction(pool).executeWithoutResult(status -> {
            write(other);
            status.setRollbackOnly();
        });

        assertThat(version()).hasValue(0);
    }

    @Test
    void it_commits_by_itself_where_others_share_a_connection_without_a_transaction() {
        TransactionTemplate none = transaction(pool);
        none.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);

        none.executeWithoutResult(status -> {
            new JdbcTemplate(pool).queryForObject("SELECT 1", Integer.class);
            write(pool);
            assertThat(version()).hasValue(0);
        });
    }

    @Test
    void it_is_not_part_of_one_that_was_suspended() {
        TransactionTemplate outer = transaction(pool);
        TransactionTemplate apart = new TransactionTemplate(outer.getTransactionManager());
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);

        outer.executeWithoutResult(status -> {
            apart.executeWithoutResult(inner -> write(pool));
            status.setRollbackOnly();
        });

        assertThat(version()).hasValue(0);
    }
}
