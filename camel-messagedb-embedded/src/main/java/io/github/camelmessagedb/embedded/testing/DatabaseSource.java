package io.github.camelmessagedb.embedded.testing;

import io.github.camelmessagedb.embedded.EmbeddedDatabase;

/**
 * Where a {@link MessageDbExtension} has its databases from, if not from the embedded server: for tests on a server of
 * one's own. Used by several threads at a time.
 *
 * @since 0.1.0
 */
public interface DatabaseSource {

    /** A new database with Message DB and no messages, of a name that was not used before. */
    EmbeddedDatabase create();

    /** Drops a database that {@link #create()} made, whoever is still connected to it. */
    void drop(EmbeddedDatabase database);
}
