package io.github.camelmessagedb.embedded.testing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Run by other tests. */
class DatabaseOfTheClass {

    @RegisterExtension
    static final MessageDbExtension messageDb = MessageDbExtension.create();

    @Test
    void one() {
        Runs.saw(messageDb.database());
    }

    @Test
    void two() {
        Runs.saw(messageDb.database());
    }
}
