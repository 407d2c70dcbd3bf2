package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoreUnavailableException;
import io.github.camelmessagedb.store.TestStores;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Together;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A PgBouncer in transaction mode, where no two statements need meet the same session. */
@Timeout(120)
class PgBouncerFaultIT {

    private static final int CLIENTS = 6;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @TempDir
    private Path directory;

    private PgBouncer bouncer;

    @BeforeEach
    void startPgBouncer() throws Exception {
        Assumptions.assumeTrue(
                PgBouncer.program().isPresent(), "PgBouncer is not installed (Debian's package pgbouncer)");
        bouncer = PgBouncer.start(database, directory);
    }

    @AfterEach
    void stopPgBouncer() {
        if (bouncer != null) {
            bouncer.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void all_is_as_without_it(Shape shape) throws Exception {
        Target target = new Target(
                bouncer.port(),
                TestDatabase.ROLE,
                () -> bouncer.dataSource(0),
                database.ownerDataSource(),
                config -> {});
        try (Scenario scenario = Scenario.start(target, shape)) {
            scenario.awaitMore(200);
            scenario.end();
        }
    }

    @Test
    void prepared_statements_are_refused_with_what_to_do() {
        HikariDataSource pool = database.pool(bouncer.dataSource(5), config -> config.setMaximumPoolSize(CLIENTS));
        MessageStore store = TestStores.of(pool);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Together.call(CLIENTS, client -> {
                    for (int i = 0; i < 200; i++) {
                        store.writer().write(NewMessage.of("account-" + client, "Written", "1"), ExpectedVersion.ANY);
                        store.reader().readStream(ReadQuery.of("account-" + client));
                    }
                    return client;
                }))
                .havingCause()
                .isInstanceOf(StoreUnavailableException.class)
                .withMessageContaining("prepareThreshold=0");
    }
}
