package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.store.ConnectionStrategy;
import io.github.camelmessagedb.store.DuplicateMessageException;
import io.github.camelmessagedb.store.MessageRejectedException;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.OutcomeUnknownException;
import io.github.camelmessagedb.store.StoreUnavailableException;
import io.github.camelmessagedb.store.VersionConflictException;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writing in a transaction that Spring manages. */
class SpringTransactionIT extends ComponentTest {

    private final AtomicInteger connections = new AtomicInteger();
    private JdbcTemplate jdbc;
    private TransactionTemplate transaction;

    /** Takes part in what Spring began on the thread; without that it is as any other. */
    private final class SpringConnections implements ConnectionStrategy {

        @Override
        public Connection connection(DataSource dataSource) {
            connections.incrementAndGet();
            return DataSourceUtils.getConnection(dataSource);
        }

        @Override
        public boolean isTransactional(Connection connection, DataSource dataSource) {
            return DataSourceUtils.isConnectionTransactional(connection, dataSource);
        }

        @Override
        public void release(Connection connection, DataSource dataSource) {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        database.execute("CREATE TABLE IF NOT EXISTS public.orders (id int)");
        database.execute("GRANT ALL ON public.orders TO message_store");
        database.execute("TRUNCATE public.orders");
        start(pool);
    }

    private void start(HikariDataSource dataSource) throws Exception {
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        MessageDbComponent component = new MessageDbComponent();
        component.setDataSource(dataSource);
        component.setConnectionStrategy(new SpringConnections());
        context.removeComponent("messagedb");
        context.addComponent("messagedb", component);
        start(routes -> {
            routes.from("direct:write").to("messagedb:" + category + "-1?messageType=Placed");
            routes.from("direct:once").to("messagedb:" + category + "-1?messageType=Placed&expectedVersion=-1");
            routes.from("direct:bad")
                    .to("messagedb:" + category + "?operation=readCategory&sql=RAW(SELECT * FROM nothing)");
            routes.from("direct:again").to("messagedb:" + category + "-1?messageType=Placed&idExpression=order-1");
        });
    }

    private void useAutoCommit(boolean autoCommit) throws Exception {
        context.stop();
        pool.close();
        pool = database.pool(database.dataSource(), settings -> settings.setAutoCommit(autoCommit));
        context = newContext();
        template = context.createProducerTemplate();
        start(pool);
    }

    private void place(int order) {
        jdbc.update("INSERT INTO public.orders VALUES (?)", order);
        template.sendBody("direct:write", Integer.toString(order));
    }

    private long orders() {
        return database.number("SELECT count(*) FROM public.orders");
    }

    private List<String> written() {
        return categoryMessages(category).stream()
                .map(message -> String.valueOf(message.data()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void commits_with_it_and_not_before(boolean autoCommit) throws Exception {
        useAutoCommit(autoCommit);

        transaction.executeWithoutResult(status -> {
            place(1);
            place(2);
            assertThat(written()).as("seen by others").isEmpty();
        });

        assertThat(written()).containsExactly("1", "2");
        assertThat(orders()).isEqualTo(2);
    }

    @Test
    void rolls_back_with_it() {
        transaction.executeWithoutResult(status -> {
            place(1);
            status.setRollbackOnly();
        });

        assertThat(written()).isEmpty();
        assertThat(orders()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_one_each_write_is_its_own(boolean autoCommit) throws Exception {
        useAutoCommit(autoCommit);

        template.sendBody("direct:write", "1");

        assertThat(written()).containsExactly("1");
    }

    @Test
    void a_conflict_is_told_and_left_to_it() {
        NewMessage there = NewMessage.of(category + "-1", "Placed", "0");
        write(there);

        assertThatExceptionOfType(CamelExecutionException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    place(1);
                    template.sendBody("direct:once", "2");
                }))
                .withCauseInstanceOf(VersionConflictException.class);

        assertThat(written()).containsExactly("0");
        assertThat(orders()).isZero();
    }

    /** Whoever is not in a transaction is told that it is there, which is success. */
    @Test
    void an_id_that_is_there_is_not_looked_up_in_it() {
        template.sendBody("direct:again", "1");
        template.sendBody("direct:again", "1");
        connections.set(0);

        assertThatExceptionOfType(CamelExecutionException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> template.sendBody("direct:again", "1")))
                .withCauseInstanceOf(DuplicateMessageException.class);

        assertThat(connections).hasValue(1);
        assertThat(written()).containsExactly("1");
    }

    @Test
    void a_lost_connection_is_told_and_nothing_tried_again() {
        connections.set(0);

        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    place(1);
                    database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename ="
                            + " 'message_store' AND state = 'idle in transaction' AND datname = current_database()");
                    assertThatExceptionOfType(CamelExecutionException.class)
                            .isThrownBy(() -> template.sendBody("direct:write", "2"))
                            .satisfies(e -> assertThat(e.getCause())
                                    .isInstanceOfAny(StoreUnavailableException.class, OutcomeUnknownException.class));
                }));

        assertThat(connections).as("one for each write, none to try again with").hasValue(2);
        assertThat(written()).isEmpty();
        assertThat(orders()).isZero();
    }

    /** Else PostgreSQL would answer the commit with a rollback, and the driver would not say so. */
    @Test
    void a_failure_that_was_caught_is_undone_alone() {
        write(NewMessage.of(category + "-1", "Placed", "0"));

        transaction.executeWithoutResult(status -> {
            place(1);
            assertThatExceptionOfType(CamelExecutionException.class)
                    .isThrownBy(() -> template.sendBody("direct:once", "2"))
                    .withCauseInstanceOf(VersionConflictException.class);
            place(3);
        });

        assertThat(written()).containsExactly("0", "1", "3");
        assertThat(orders()).isEqualTo(2);
    }

    @Test
    void a_read_that_failed_is_undone_alone() {
        transaction.executeWithoutResult(status -> {
            place(1);
            assertThatExceptionOfType(CamelExecutionException.class)
                    .isThrownBy(() -> template.sendBody("direct:bad", null))
                    .withCauseInstanceOf(MessageRejectedException.class);
            place(2);
        });

        assertThat(written()).containsExactly("1", "2");
    }
}
