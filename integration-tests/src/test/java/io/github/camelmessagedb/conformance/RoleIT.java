package io.github.camelmessagedb.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.schema.MessageDbSchema;
import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The role that the scripts create. There can be one message_store in a cluster, so here it has another name. */
class RoleIT {

    private static final String NAME = "message_store_conformance";

    @Test
    @ExtendWith(NeedsOriginal.class)
    void the_role_is_the_same() throws IOException {
        String original = TestSchema.originalScripts("roles/").get("roles/message-store.sql");

        assertThat(roleOf(ours()))
                .isEqualTo(roleOf(original.replace("message_store", NAME)))
                .isNotEmpty();
    }

    @Test
    void a_role_that_exists_stays_as_it_is() throws IOException {
        try (TestDatabase database = TestDatabase.create(TestSchema.OURS)) {
            database.execute("CREATE ROLE " + NAME + " NOLOGIN CONNECTION LIMIT 3");
            try {
                List<List<@Nullable String>> before = role(database);

                database.execute(ours());

                assertThat(role(database)).isEqualTo(before);
            } finally {
                database.execute("DROP ROLE " + NAME);
            }
        }
    }

    private static List<List<@Nullable String>> roleOf(String script) {
        try (TestDatabase database = TestDatabase.create(TestSchema.OURS)) {
            database.execute(script);
            try {
                return role(database);
            } finally {
                database.execute("DROP ROLE " + NAME);
            }
        }
    }

    private static List<List<@Nullable String>> role(TestDatabase database) {
        return database.query("SELECT rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,"
                + " rolbypassrls, rolconnlimit, rolpassword, rolvaliduntil,"
                + " (SELECT count(*) FROM pg_auth_members WHERE member = r.oid OR roleid = r.oid)"
                + " FROM pg_authid r WHERE rolname = '" + NAME + "'");
    }

    private static String ours() throws IOException {
        try (InputStream script = MessageDbSchema.class.getResourceAsStream("role.sql")) {
            return "SELECT set_config('camel_messagedb.role', '" + NAME + "', false);"
                    + new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
