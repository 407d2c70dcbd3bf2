package io.github.camelmessagedb.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All SQL of this package: the scripts, in the order in which they can run, and the few statements around them. */
final class SchemaSql {

    static final List<String> SCRIPTS = List.of(
            "role.sql",
            "schema.sql",
            "messages.sql",
            "names.sql",
            "version.sql",
            "write.sql",
            "read.sql",
            "indexes.sql",
            "views.sql",
            "privileges.sql");

    /** A transaction that waited for the lock must see what its holder committed, whatever the pool's default. */
    static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    /** Installing programs queue here; the number is arbitrary and only has to stay the same. */
    static final String LOCK = "SELECT pg_advisory_xact_lock(7305808869229538388)";

    /** Where pgcrypto goes; pg_temp last, so that no temporary table is in the way. */
    static final String SEARCH_PATH = "SET LOCAL search_path TO public, message_store, pg_temp";

    /** The catalogs, and not to_regclass: that fails for a role without USAGE on the schema. */
    static final String IS_PRESENT = hasObject("pg_class", "relnamespace", "relname", "messages");

    static final String HAS_VERSION = hasObject("pg_proc", "pronamespace", "proname", "message_store_version");

    static final String VERSION = "SELECT message_store.message_store_version()";

    static final String CURRENT_ROLE = "SELECT quote_ident(current_user)";

    static final String MISSING_PRIVILEGES = """
            SELECT format('CREATE on the database %I', current_database()),
              format('GRANT CREATE ON DATABASE %I TO %I', current_database(), current_user)
            WHERE NOT has_database_privilege(current_database(), 'CREATE')
            UNION ALL
            SELECT 'CREATEROLE (there is no role message_store yet)', 'CREATE ROLE message_store LOGIN'
            FROM pg_catalog.pg_roles
            WHERE rolname = current_user AND NOT rolsuper AND NOT rolcreaterole
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'message_store')
            UNION ALL
            SELECT 'ownership of the schema message_store', format('ALTER SCHEMA message_store OWNER TO %I', current_user)
            FROM pg_catalog.pg_namespace
            WHERE nspname = 'message_store' AND NOT pg_has_role(nspowner, 'USAGE')
            """;

    private SchemaSql() {}

    static String script(String name) {
        try (InputStream resource = SchemaSql.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("No script " + name + " beside " + SchemaSql.class.getName());
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hasObject(String catalog, String namespace, String column, String name) {
        return """
                SELECT EXISTS (
                  SELECT FROM pg_catalog.%s o JOIN pg_catalog.pg_namespace n ON n.oid = o.%s
                  WHERE n.nspname = 'message_store' AND o.%s = '%s')
                """.formatted(catalog, namespace, column, name);
    }
}
