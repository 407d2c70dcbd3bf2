package io.github.camelmessagedb.embedded.testing;

import org.junit.jupiter.api.extension.ExtensionContext;

/** What JUnit holds of the shared server, until it has run everything. */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes the one, later ones want the other.
record SharedServer(SharedMessageDb databases) implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    static SharedMessageDb of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedServer.class))
                .getOrComputeIfAbsent(
                        SharedServer.class, key -> new SharedServer(SharedMessageDb.acquire()), SharedServer.class)
                .databases();
    }

    @Override
    public void close() {
        databases.close();
    }
}
