package io.github.camelmessagedb.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
 * @param postgresHome null: what is on the class path
 */
record EmbeddedMessageDbSettings(
        int port,
        @Nullable Path dataDirectory,
        boolean durable,
        OptionalInt postgresMajor,
        @Nullable Path postgresHome,
        Map<String, String> serverSettings) {

    EmbeddedMessageDbSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
        if (postgresHome != null && postgresMajor.isPresent()) {
            throw new IllegalArgumentException("The PostgreSQL in " + postgresHome
                    + " has the major version that it has: set postgresMajor or postgresHome, not both");
        }
        serverSettings = Map.copyOf(serverSettings);
    }

    void applyTo(EmbeddedPostgres.Builder postgres) {
        postgres.setPort(port)
                .setServerConfig("listen_addresses", "localhost")
                // No socket in the file system: its path would be limited to 107 bytes.
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("log_timezone", "UTC");
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            postgres.setServerConfig(setting, durable ? "on" : "off");
        }
        serverSettings.forEach((name, value) -> postgres.setServerConfig(name, quoted(value)));
    }

    /** For the shell through which pg_ctl starts the server. */
    private static String quoted(String value) {
        return value.matches("[\\w.:/-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
