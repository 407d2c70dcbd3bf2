package io.github.camelmessagedb.testing;

import io.github.camelmessagedb.embedded.EmbeddedDatabase;
import io.github.camelmessagedb.embedded.testing.DatabaseSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * Makes and drops databases of the shared server: copies of templates, in which Message DB is installed once.
 *
 * @param schema whose Message DB it is
 */
record Databases(TestSchema schema) implements DatabaseSource {

    private static final String MAINTENANCE = "postgres";

    private static final Map<TestSchema, String> TEMPLATES = new EnumMap<>(TestSchema.class);

    @Override
    public EmbeddedDatabase create() {
        String name = "test_" + random();
        run(MAINTENANCE, "CREATE DATABASE " + name + " TEMPLATE " + template(schema));
        TestServer server = TestServer.shared();
        return new EmbeddedDatabase(
                name,
                server.dataSource(name, TestDatabase.ROLE),
                server.dataSource(name, server.superuser()),
                server.jdbcUrl(name));
    }

    @Override
    public void drop(EmbeddedDatabase database) {
        drop(database.name());
    }

    private static void drop(String name) {
        run(MAINTENANCE, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private static synchronized String template(TestSchema schema) {
        String template = TEMPLATES.get(schema);
        if (template == null) {
            template = install(schema);
            TEMPLATES.put(schema, template);
        }
        return template;
    }

    private static String install(TestSchema schema) {
        String name = "test_template_" + random();
        run(MAINTENANCE, "CREATE DATABASE " + name);
        TestServer server = TestServer.shared();
        if (server.lasting()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> drop(name)));
        }
        schema.install(server, name);
        if (schema != TestSchema.NONE) {
            letMessageStoreLogIn();
        }
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
