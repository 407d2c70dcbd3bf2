package io.github.camelmessagedb.conformance;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Every function, with any arguments under any settings: rows, column types, NOTICEs, errors and what is left behind. */
@AddLifecycleHook(NeedsOriginal.class)
class FunctionsIT {

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

    @Property(tries = 3000, seed = "130")
    void names_are_taken_apart_alike(@ForAll("names") Session session) {
        twins.assertNoDifference(session);
    }

    @Property(tries = 4000, seed = "131")
    void reads_answer_alike(@ForAll("reads") Session session) {
        twins.assertNoDifference(session);
    }

    @Property(tries = 1000, seed = "132")
    void writes_answer_and_leave_alike(@ForAll("writes") Session session) {
        twins.assertNoDifference(session);
    }

    @Provide
    Arbitrary<Session> names() {
        return Functions.sessions(Functions.NAMES);
    }

    @Provide
    Arbitrary<Session> reads() {
        return Functions.sessions(Functions.READS);
    }

    @Provide
    Arbitrary<Session> writes() {
        return Functions.sessions(Functions.WRITES);
    }
}
