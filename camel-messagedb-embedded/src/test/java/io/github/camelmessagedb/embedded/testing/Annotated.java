package io.github.camelmessagedb.embedded.testing;

import io.github.camelmessagedb.embedded.EmbeddedDatabase;
import io.github.camelmessagedb.embedded.Sql;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Run by other tests. */
@MessageDbTest
class Annotated {

    Annotated(EmbeddedDatabase database) {
        Runs.saw(database);
    }

    @BeforeAll
    static void before(EmbeddedDatabase database) {
        Runs.saw(database);
    }

    @BeforeEach
    void write(DataSource dataSource) throws SQLException {
        Sql.write(dataSource, "thing-1");
    }

    @Test
    void one(EmbeddedDatabase database) {
        Runs.saw(database);
    }

    @Test
    void two(EmbeddedDatabase database) {
        Runs.saw(database);
    }
}
