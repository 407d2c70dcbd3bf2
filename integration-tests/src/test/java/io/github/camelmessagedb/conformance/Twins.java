package io.github.camelmessagedb.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.TestSchema;

/** Two databases of one server, which should not be told apart. */
record Twins(Side original, Side ours) implements AutoCloseable {

    static Twins create() {
        return new Twins(Side.of(TestSchema.ORIGINAL), Side.of(TestSchema.OURS));
    }

    void assertNoDifference(Session session) {
        assertThat(ours.answers(session)).as(session.toString()).isEqualTo(original.answers(session));
    }

    @Override
    public void close() {
        try (original) {
            ours.close();
        }
    }
}
