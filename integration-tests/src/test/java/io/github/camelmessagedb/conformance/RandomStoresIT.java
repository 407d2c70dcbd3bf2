package io.github.camelmessagedb.conformance;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The same rows from stores of random content. */
@AddLifecycleHook(NeedsOriginal.class)
class RandomStoresIT {

    private static Twins twins;

    @BeforeContainer
    static void install() {
        twins = Twins.create();
    }

    @AfterContainer
    static void drop() {
        if (twins != null) {
            twins.close();
        }
    }

    @Property(tries = 300, seed = "133")
    void views_report_the_same(@ForAll("viewed") Session session) {
        twins.assertNoDifference(session);
    }

    @Property(tries = 500, seed = "134")
    void reads_find_the_same(@ForAll("read") Session session) {
        twins.assertNoDifference(session);
    }

    @Provide
    Arbitrary<Session> viewed() {
        return Stores.viewed(60);
    }

    @Provide
    Arbitrary<Session> read() {
        return Stores.read(60);
    }
}
