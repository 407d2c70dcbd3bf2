package io.github.camelmessagedb.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.schema.MessageDbSchema;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An older original that was updated is what an installation of today is. */
@ExtendWith(NeedsOriginal.class)
class UpdatedCatalogIT {

    /** Columns of a table stay in their order, as the original's updating leaves them too: compared by name. */
    private static final String COLUMNS_BY_NAME =
            Catalog.COLUMNS.sql().replace("attnum, attname", "attname").replace("relname, attnum", "relname, attname");

    private static TestDatabase fresh;

    @BeforeAll
    static void install() {
        fresh = TestDatabase.create(TestSchema.OURS);
    }

    @AfterAll
    static void drop() {
        fresh.close();
    }

    @ParameterizedTest
    @EnumSource(names = "ORIGINAL_1_.*", mode = EnumSource.Mode.MATCH_ALL)
    void catalogs_say_the_same_as_of_a_fresh_one(TestSchema old) {
        try (TestDatabase database = TestDatabase.create(old)) {
            MessageDbSchema.on(database.ownerDataSource()).update();

            assertSame(database);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ORIGINAL_1_.*", mode = EnumSource.Mode.MATCH_ALL)
    void the_updating_of_the_original_leads_to_the_same(TestSchema old) {
        try (TestDatabase database = TestDatabase.create(old)) {
            OriginalUpdate.run(database);

            assertSame(database);
            assertThat(MessageDbSchema.on(database.dataSource()).verify().findings())
                    .isEmpty();
        }
    }

    private static void assertSame(TestDatabase updated) {
        for (Catalog catalog : Catalog.values()) {
            String sql = catalog == Catalog.COLUMNS ? COLUMNS_BY_NAME : catalog.sql();
            List<List<@Nullable String>> expected = fresh.query(sql);
            assertThat(expected).as(catalog.name()).isNotNull();
            assertThat(updated.query(sql)).as(catalog.name()).isEqualTo(expected);
        }
    }
}
