package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.component.DevelopmentDatabase;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class EmbeddedDevelopmentDatabaseIT {

    @Test
    void is_found_as_a_service_and_starts_when_it_is_used() throws Exception {
        try (DevelopmentDatabase database =
                ServiceLoader.load(DevelopmentDatabase.class).findFirst().orElseThrow()) {
            assertThat(database.dataSource()).isSameAs(database.dataSource());
            Sql.write(database.dataSource(), "thing-1");
            assertThat(database.jdbcUrl()).startsWith("jdbc:postgresql://localhost:");
        }
    }
}
