package io.github.camelmessagedb.embedded.testing;

import io.github.camelmessagedb.embedded.EmbeddedDatabase;
import java.util.Collection;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A class or a test that has a database; JUnit closes it at its end. */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes the one, later ones want the other.
final class TestScope implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private final String name;
    private final DatabaseSource source;
    private final EmbeddedDatabase database;
    private final Collection<TestScope> open;

    private TestScope(String name, DatabaseSource source, Collection<TestScope> open) {
        this.name = name;
        this.source = source;
        this.database = source.create();
        this.open = open;
    }

    /** With a new database; it is among those that are open until it is closed. */
    static TestScope open(String name, DatabaseSource source, Collection<TestScope> open) {
        TestScope scope = new TestScope(name, source, open);
        open.add(scope);
        return scope;
    }

    /** As JUnit displays it. */
    String name() {
        return name;
    }

    EmbeddedDatabase database() {
        return database;
    }

    @Override
    public void close() {
        open.remove(this);
        source.drop(database);
    }
}
