package io.github.camelmessagedb.testing;

import io.github.camelmessagedb.schema.MessageDbSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes and drops databases of the shared server: copies of a template, in which Message DB is installed once. The
 * system property {@code messagedb.test.template} names another template, such as one with the original Message DB.
 */
final class Databases {

    private static final String MAINTENANCE = "postgres";

    private static @Nullable String template;

    private Databases() {}

    static String create() {
        String name = "test_" + random();
        run(MAINTENANCE, "CREATE DATABASE " + name + " TEMPLATE " + template());
        return name;
    }

    static void drop(String name) {
        run(MAINTENANCE, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private static synchronized String template() {
        String name = template == null ? System.getProperty("messagedb.test.template", "") : template;
        if (name.isEmpty()) {
            name = install();
        }
        if (template == null) {
            letMessageStoreLogIn();
        }
        template = name;
        return name;
    }

    private static String install() {
        String name = "test_template_" + random();
        run(MAINTENANCE, "CREATE DATABASE " + name);
        TestServer server = TestServer.shared();
        if (server.lasting()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> drop(name)));
        }
        MessageDbSchema.on(server.dataSource(name, server.superuser())).install();
        return name;
    }

    private static void letMessageStoreLogIn() {
        String password = TestServer.shared().password();
        if (password != null) {
            run(MAINTENANCE, "ALTER ROLE message_store PASSWORD '" + password.replace("'", "''") + "'");
        }
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    static void run(String database, String sql) {
        TestServer server = TestServer.shared();
        try (Connection connection =
                        server.dataSource(database, server.superuser()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot run: " + sql, e);
        }
    }
}
