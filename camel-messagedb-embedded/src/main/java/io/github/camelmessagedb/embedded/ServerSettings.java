package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The server's settings, in a file that its {@code postgresql.conf} includes. */
final class ServerSettings {

    private static final String FILE = "camel-messagedb.conf";
    private static final String INCLUDE = "include '" + FILE + "'";

    private final Map<String, String> settings = new LinkedHashMap<>();

    ServerSettings(boolean durable, Map<String, String> more) {
        // No socket in the file system: its path would be limited to 107 bytes.
        settings.put("unix_socket_directories", "");
        settings.put("listen_addresses", "localhost");
        settings.put("max_connections", "200");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            settings.put(setting, durable ? "on" : "off");
        }
        settings.putAll(more);
    }

    void writeTo(Path pgData) throws IOException {
        Files.writeString(pgData.resolve(FILE), text());
        Path configuration = pgData.resolve("postgresql.conf");
        if (!Files.readAllLines(configuration).contains(INCLUDE)) {
            Files.writeString(configuration, "\n" + INCLUDE + "\n", StandardOpenOption.APPEND);
        }
    }

    String text() {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + quoted(setting.getValue()) + "'\n")
                .collect(Collectors.joining());
    }

    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("'", "''");
    }
}
