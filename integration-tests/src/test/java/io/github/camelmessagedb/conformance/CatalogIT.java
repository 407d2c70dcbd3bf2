package io.github.camelmessagedb.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signatures, defaults, volatility, columns, types, indexes, constraints, owners and privileges. */
@ExtendWith(NeedsOriginal.class)
class CatalogIT {

    private static Twins twins;

    @BeforeAll
    static void install() {
        twins = Twins.create();
    }

    @AfterAll
    static void drop() {
        if (twins != null) {
            twins.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void catalogs_say_the_same(Catalog catalog) {
        assertThat(twins.original().answers(catalog.session()).get(0).error()).isNull();

        twins.assertNoDifference(catalog.session());
    }
}
