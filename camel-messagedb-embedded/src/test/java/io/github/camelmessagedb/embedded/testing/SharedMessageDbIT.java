package io.github.camelmessagedb.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelmessagedb.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SharedMessageDbIT {

    private static void assertThatItRuns(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    private static void assertThatItHasStopped(EmbeddedDatabase database) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> database.dataSource().getConnection().close())
                .withMessageContaining("refused");
    }

    @Test
    void is_one_server_and_stops_when_the_last_has_closed_it() throws SQLException {
        SharedMessageDb one = SharedMessageDb.acquire();
        SharedMessageDb other = SharedMessageDb.acquire();
        EmbeddedDatabase database = other.create();

        assertThat(one.port()).isEqualTo(other.port());
        one.close();
        one.close();
        assertThatItRuns(database);

        other.close();
        assertThatItHasStopped(database);
    }

    @Test
    void starts_again_for_whoever_comes_later() throws SQLException {
        SharedMessageDb.acquire().close();

        try (SharedMessageDb later = SharedMessageDb.acquire()) {
            assertThatItRuns(later.create());
        }
    }

    @Test
    void stops_when_junit_has_run_everything() {
        Runs.of(DatabaseOfTheClass.class, Annotated.class).testEvents().assertStatistics(tests -> tests.succeeded(4));

        assertThatItHasStopped(Runs.lastSeen());
    }

    @Test
    void an_instance_of_junit_that_ends_leaves_it_to_others() throws SQLException {
        try (SharedMessageDb held = SharedMessageDb.acquire()) {
            EmbeddedDatabase database = held.create();

            Runs.of(DatabaseOfTheClass.class);

            assertThatItRuns(database);
        }
    }
}
