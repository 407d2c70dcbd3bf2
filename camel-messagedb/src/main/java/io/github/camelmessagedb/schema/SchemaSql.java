package io.github.camelmessagedb.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    static final String BEGIN_TO_LOOK = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    /** Programs that change the schema queue here; the number is arbitrary and only has to stay the same. */
    static final String LOCK = "SELECT pg_advisory_xact_lock(7305808869229538388)";

    /** Where pgcrypto goes; pg_temp last, so that no temporary table is in the way. */
    static final String SEARCH_PATH = "SET LOCAL search_path TO public, message_store, pg_temp";

    /** Names of all other schemas are printed with them. */
    static final String CATALOG_PATH = "SET LOCAL search_path TO pg_catalog, pg_temp";

    /** The role that gets the privileges, for the scripts: as a setting a name needs no quotes that it could break. */
    static final String GRANTEE = "SELECT set_config('camel_messagedb.role', ?, true)";

    /** The catalogs, and not to_regclass: that fails for a role without USAGE on the schema. */
    static final String IS_PRESENT = hasObject("pg_class", "relnamespace", "relname", "messages");

    static final String HAS_VERSION = hasObject("pg_proc", "pronamespace", "proname", "message_store_version");

    static final String VERSION = "SELECT message_store.message_store_version()";

    /** Its settings, before this transaction has others; the inventory is to be of its role. As read.sql has the condition. */
    static final String SESSION = """
            SELECT set_config('camel_messagedb.role', current_user, true),
              current_setting('server_version'), current_setting('server_version_num')::int,
              coalesce(current_setting('message_store.sql_condition', true), 'off') <> 'off',
              current_setting('search_path'), 'message_store' = ANY (current_schemas(false)),
              EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'message_store')
            """;

    /** Of categories, one a line, those that have messages in a stream of their very name. */
    static final String STREAMS_WITHOUT_ID = """
            SELECT name FROM unnest(string_to_array(?, E'\\n')) AS name
            WHERE EXISTS (SELECT FROM message_store.messages WHERE stream_name = name)
            ORDER BY name
            """;

    static final String CURRENT_ROLE = "SELECT quote_ident(current_user)";

    static final String CURRENT_DATABASE = "SELECT quote_ident(current_database())";

    static final String IS_BEFORE_VERSION_1 = """
            SELECT EXISTS (
              SELECT FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = attrelid
              WHERE relname = 'messages' AND attname = 'global_position' AND relkind = 'r')
            """;

    static final String LOCK_MESSAGES = "LOCK TABLE message_store.messages IN ACCESS EXCLUSIVE MODE";

    static final String LAST_POSITION = "SELECT max(global_position) FROM message_store.messages";

    static final String CLEAR = "TRUNCATE message_store.messages RESTART IDENTITY";

    /** Whether the current role may compare the sequence with the table. */
    static final String MAY_SEE_POSITIONS = """
            SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
              AND has_sequence_privilege(s.oid, 'SELECT')
            FROM pg_namespace n
              JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'messages'
              JOIN pg_class s ON s.relnamespace = n.oid AND s.relname = 'messages_global_position_seq'
            WHERE nspname = 'message_store'
            """;

    /** A null where the sequence is ahead of all messages, as it should be. */
    static final String POSITION_AHEAD = """
            SELECT m.last || ' while the sequence is at ' || s.last_value
            FROM (SELECT max(global_position) AS last FROM message_store.messages) m,
              message_store.messages_global_position_seq s
            WHERE m.last > s.last_value OR m.last = s.last_value AND NOT s.is_called
            """;

    static final String ADVANCE_SEQUENCE = "SELECT setval('message_store.messages_global_position_seq',"
            + " (SELECT max(global_position) FROM message_store.messages))";

    static final String MISSING_TO_INSTALL = """
            SELECT format('CREATE on the database %I', current_database()),
              format('GRANT CREATE ON DATABASE %I TO %I', current_database(), current_user)
            WHERE NOT has_database_privilege(current_database(), 'CREATE')
            UNION ALL
            SELECT format('CREATEROLE (there is no role %I yet)', current_setting('camel_messagedb.role')),
              format('CREATE ROLE %I LOGIN', current_setting('camel_messagedb.role'))
            FROM pg_catalog.pg_roles
            WHERE rolname = current_user AND NOT rolsuper AND NOT rolcreaterole
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = current_setting('camel_messagedb.role'))
            UNION ALL
            """ + missingOwnership("schema");

    static final String MISSING_TO_UPDATE = """
            SELECT privilege || ' on the schema message_store',
              format('GRANT %s ON SCHEMA message_store TO %I', privilege, current_user)
            FROM pg_catalog.pg_namespace, unnest(ARRAY['USAGE', 'CREATE']) AS privilege
            WHERE nspname = 'message_store' AND NOT has_schema_privilege(oid, privilege)
            UNION ALL
            SELECT 'ownership of the function ' || p.oid::regprocedure,
              format('ALTER FUNCTION %s OWNER TO %I', p.oid::regprocedure, current_user)
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = pronamespace
            WHERE nspname = 'message_store' AND NOT pg_has_role(proowner, 'USAGE')
              AND prolang <> (SELECT oid FROM pg_catalog.pg_language WHERE lanname = 'c')
            UNION ALL
            """ + missingOwnership("table");

    static final String MISSING_TO_UNINSTALL = missingOwnership("schema") + "UNION ALL\n" + missingOwnership("table");

    static final String MISSING_TO_CLEAR = missingOwnership("table");

    static final String MISSING_TO_CREATE_DATABASE = """
            SELECT 'CREATEDB', format('CREATE DATABASE %I OWNER %I', current_setting('camel_messagedb.database'), current_user)
            FROM pg_catalog.pg_roles WHERE rolname = current_user AND NOT rolsuper AND NOT rolcreatedb
            """;

    static final String MISSING_TO_DROP_DATABASE = """
            SELECT format('ownership of the database %I', current_database()),
              format('ALTER DATABASE %I OWNER TO %I', current_database(), current_user)
            FROM pg_catalog.pg_database WHERE datname = current_database() AND NOT pg_has_role(datdba, 'USAGE')
            """;

    static final String DATABASE_NAME = "SELECT set_config('camel_messagedb.database', ?, true)";

    /** Tables and their like that are nobody's of Message DB and PostgreSQL. */
    static final String OTHER_TABLES = """
            SELECT c.oid::regclass::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace
            WHERE relkind IN ('r', 'p', 'm', 'f') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
              AND NOT (nspname = 'message_store' AND relname = 'messages')
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend
                WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
            ORDER BY 1
            """;

    /** Roles that can more than what install() gives them, or that others are members of, are not ours to drop. */
    static final String IS_PLAIN_ROLE = """
            SELECT NOT rolsuper AND NOT rolcreaterole AND NOT rolcreatedb AND NOT rolreplication AND NOT rolbypassrls
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_auth_members WHERE roleid = r.oid AND member <> (
                SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user))
              AND rolname <> current_user
            FROM pg_catalog.pg_roles r WHERE rolname = ?
            """;

    /** Privileges, as the inventory has them. */
    static final String SELECT_MESSAGES = "SELECT ON message_store.messages";

    static final String INSERT_MESSAGES = "INSERT ON message_store.messages";

    private static final Pattern DEFINITION = Pattern.compile(
            "CREATE OR REPLACE (?:FUNCTION message_store\\.(\\w+)\\(.*?\n\\$\\$;|VIEW message_store\\.(\\w+) AS.*?;)"
                    + "|CREATE (?:UNIQUE )?INDEX (\\w+) ON .*?;",
            Pattern.DOTALL);

    private static final List<String> DEFINING =
            List.of("names.sql", "version.sql", "write.sql", "read.sql", "indexes.sql", "views.sql");

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

    /** A script for a role. */
    static String script(String name, String role) {
        return script(name).replace(":\"role\"", quoted(role));
    }

    /** The statement of our scripts that creates the function, view or index of that name, without its semicolon. */
    static Optional<String> definition(String name) {
        for (String script : DEFINING) {
            Matcher matcher = DEFINITION.matcher(script(script));
            while (matcher.find()) {
                if (name.equals(matcher.group(1)) || name.equals(matcher.group(2)) || name.equals(matcher.group(3))) {
                    String statement = matcher.group();
                    return Optional.of(statement.substring(0, statement.length() - 1));
                }
            }
        }
        return Optional.empty();
    }

    /** As an identifier of SQL, whatever is in the name. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String createDatabase(String name) {
        return "CREATE DATABASE " + quoted(name);
    }

    static String dropDatabase(String name) {
        return "DROP DATABASE " + quoted(name);
    }

    static String createRole(String name) {
        return "CREATE ROLE " + quoted(name) + " LOGIN";
    }

    static String dropRole(String name) {
        return "DROP ROLE " + quoted(name);
    }

    static String drop(String kind, String name) {
        return "DROP " + kind.toUpperCase(Locale.ROOT) + " message_store." + name;
    }

    /** What programs need of a function or view. */
    static String privilege(String kind, String name) {
        return (kind.equals("function") ? "EXECUTE ON FUNCTION" : "SELECT ON") + " message_store." + name;
    }

    static String grant(String privilege, String role) {
        return "GRANT " + privilege + " TO " + quoted(role);
    }

    static String searchPath(String role) {
        return "ALTER ROLE " + quoted(role) + " SET search_path TO message_store, public";
    }

    static String switchConditionsOn(String role) {
        return "ALTER ROLE " + quoted(role) + " SET message_store.sql_condition TO 'on'";
    }

    /** An index holds what a function answered: it is made anew with another one. */
    static String reindexCategories() {
        return "REINDEX INDEX message_store.messages_category";
    }

    private static String missingOwnership(String kind) {
        String object = kind.equals("schema") ? "message_store" : "message_store.messages";
        String owner = kind.equals("schema")
                ? "SELECT nspowner FROM pg_catalog.pg_namespace WHERE nspname = 'message_store'"
                : "SELECT relowner FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace"
                        + " WHERE nspname = 'message_store' AND relname = 'messages'";
        return """
                SELECT 'ownership of the %s %s', format('ALTER %s %s OWNER TO %%I', current_user)
                FROM (%s) AS o (owner) WHERE NOT pg_has_role(owner, 'USAGE')
                """.formatted(kind, object, kind.toUpperCase(Locale.ROOT), object, owner);
    }

    private static String hasObject(String catalog, String namespace, String column, String name) {
        return """
                SELECT EXISTS (
                  SELECT FROM pg_catalog.%s o JOIN pg_catalog.pg_namespace n ON n.oid = o.%s
                  WHERE n.nspname = 'message_store' AND o.%s = '%s')
                """.formatted(catalog, namespace, column, name);
    }
}
