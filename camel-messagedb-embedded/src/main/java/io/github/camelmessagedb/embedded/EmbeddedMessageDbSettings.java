package io.github.camelmessagedb.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What {@link EmbeddedMessageDb.Builder} collected.
 *
 * @param port 0: a free one
 * @param dataDirectory null: a temporary one
 * @param postgresMajor empty: what is on the class path
 */
record EmbeddedMessageDbSettings(
        int port,
        @Nullable Path dataDirectory,
        boolean durable,
        OptionalInt postgresMajor,
        Map<String, String> serverSettings) {

    EmbeddedMessageDbSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
        serverSettings = Map.copyOf(serverSettings);
    }
}
