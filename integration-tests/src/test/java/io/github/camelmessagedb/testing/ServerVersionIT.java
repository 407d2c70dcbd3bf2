package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That a run on another PostgreSQL is one. */
class ServerVersionIT {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.extension();

    @Test
    void the_server_is_of_the_major_version_that_was_asked_for() {
        Assumptions.assumeFalse(
                System.getProperty(TestServer.PROPERTY, "").startsWith("jdbc:"),
                "Which PostgreSQL is at a JDBC URL was not asked for");

        assertThat(database.number("SELECT current_setting('server_version_num')::int / 10000"))
                .isEqualTo(Long.parseLong(TestServer.majorVersion()));
    }
}
