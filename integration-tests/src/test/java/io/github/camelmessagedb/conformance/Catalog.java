package io.github.camelmessagedb.conformance;

import java.util.Map;

/** What PostgreSQL's catalogs say of Message DB's objects, but for the texts of functions and views. */
enum Catalog {
    SCHEMA("""
            SELECT nspname, nspowner::regrole, nspacl::text, obj_description(oid, 'pg_namespace')
            FROM pg_namespace WHERE nspname = 'message_store'
            """),
    FUNCTIONS("""
            SELECT proname, pg_get_function_arguments(p.oid), pg_get_function_identity_arguments(p.oid),
              pg_get_function_result(p.oid), proargnames, proargmodes, pronargdefaults, l.lanname, prokind, provolatile,
              proisstrict, prosecdef, proleakproof, proparallel, proretset, procost, prorows, prosupport, provariadic,
              proconfig, proowner::regrole, proacl::text, obj_description(p.oid, 'pg_proc')
            FROM pg_proc p JOIN pg_language l ON l.oid = prolang
            WHERE pronamespace = 'message_store'::regnamespace
            ORDER BY proname, 2
            """),
    RELATIONS("""
            SELECT relname, relkind, relpersistence, relowner::regrole, relacl::text, reloptions, relhasrules, relhastriggers,
              relrowsecurity, relforcerowsecurity, relreplident, relispartition, reltablespace, relam,
              pg_relation_is_updatable(oid, true), obj_description(oid, 'pg_class')
            FROM pg_class WHERE relnamespace = 'message_store'::regnamespace
            ORDER BY relname
            """),
    COLUMNS("""
            SELECT relname, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
              attislocal, attstorage, attcompression, attstattarget, attoptions, attacl::text, attcollation::regcollation,
              pg_get_expr(adbin, adrelid), col_description(attrelid, attnum)
            FROM pg_attribute a
              JOIN pg_class c ON c.oid = attrelid
              LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE relnamespace = 'message_store'::regnamespace AND attnum > 0 AND NOT attisdropped
            ORDER BY relname, attnum
            """),
    CONSTRAINTS("""
            SELECT conrelid::regclass, conname, contype, condeferrable, condeferred, convalidated, pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'message_store'::regnamespace
            ORDER BY conrelid::regclass::text, conname
            """),
    INDEXES("""
            SELECT indexrelid::regclass, pg_get_indexdef(indexrelid), indisunique, indisprimary, indimmediate, indisclustered,
              indisvalid, indisreplident, indnkeyatts, indoption, indcollation, indclass
            FROM pg_index WHERE indrelid = 'message_store.messages'::regclass
            ORDER BY indexrelid::regclass::text
            """),
    SEQUENCES("""
            SELECT seqrelid::regclass, seqtypid::regtype, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle,
              pg_get_serial_sequence('message_store.messages', 'global_position')
            FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid
            WHERE relnamespace = 'message_store'::regnamespace
            """),
    TYPES("""
            SELECT typname, typtype, typcategory, typowner::regrole, typacl::text, typdefault, obj_description(oid, 'pg_type')
            FROM pg_type WHERE typnamespace = 'message_store'::regnamespace
            ORDER BY typname
            """),
    TRIGGERS_RULES_AND_POLICIES("""
            SELECT 'trigger', tgname FROM pg_trigger WHERE tgrelid = 'message_store.messages'::regclass
            UNION ALL
            SELECT 'rule', rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class
            WHERE relnamespace = 'message_store'::regnamespace AND relkind <> 'v'
            UNION ALL
            SELECT 'policy', polname FROM pg_policy
            ORDER BY 1, 2
            """),
    EXTENSIONS(
            "SELECT extname, extversion, extnamespace::regnamespace, extowner::regrole FROM pg_extension ORDER BY 1"),
    OTHER_SCHEMAS("""
            SELECT nspname, nspacl::text,
              (SELECT count(*) FROM pg_class WHERE relnamespace = n.oid),
              (SELECT count(*) FROM pg_proc WHERE pronamespace = n.oid)
            FROM pg_namespace n WHERE nspname IN ('public', 'pg_catalog') ORDER BY 1
            """),
    PRIVILEGES_ON_UUID_FUNCTIONS("""
            SELECT oid::regprocedure, proacl::text FROM pg_proc WHERE proname = 'gen_random_uuid' ORDER BY 1
            """),
    DATABASE("""
            SELECT datacl::text, datconnlimit, (SELECT count(*) FROM pg_db_role_setting WHERE setdatabase = d.oid),
              (SELECT count(*) FROM pg_default_acl), (SELECT count(*) FROM pg_event_trigger),
              (SELECT count(*) FROM pg_publication)
            FROM pg_database d WHERE datname = current_database()
            """);

    private final String sql;

    Catalog(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    Session session() {
        return Session.read(Map.of(), Query.of(sql));
    }
}
