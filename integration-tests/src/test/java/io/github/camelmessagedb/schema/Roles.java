package io.github.camelmessagedb.schema;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.util.UUID;

/** Roles without any privilege. They belong to the whole server, and go when their databases are gone. */
final class Roles {

    private Roles() {}

    static String name() {
        return "role_" + UUID.randomUUID().toString().substring(0, 8);
    }

    static String create() {
        String role = name();
        run("CREATE ROLE " + role + " LOGIN");
        return role;
    }

    static void drop(String role) {
        run("DROP ROLE IF EXISTS \"" + role.replace("\"", "\"\"") + '"');
    }

    static void run(String sql) {
        try (TestDatabase database = TestDatabase.create(TestSchema.NONE)) {
            database.execute(sql);
        }
    }
}
