-- What there is of Message DB: kind, name, definition, and the text of what has one. The catalogs can be read by
-- everybody. It runs with pg_catalog alone in the search_path, so that names are printed with their schemas.
WITH store AS (
  SELECT oid, nspowner FROM pg_namespace WHERE nspname = 'message_store'
), messages AS (
  SELECT c.* FROM pg_class c JOIN store ON store.oid = relnamespace WHERE relname = 'messages' AND relkind IN ('r', 'p')
), grantee AS (
  SELECT * FROM pg_roles WHERE rolname = current_setting('camel_messagedb.role')
), columns AS (
  SELECT attrelid, attnum, attname, format_type(atttypid, atttypmod) AS type, attnotnull,
    -- Before PostgreSQL 13 the function was pgcrypto's.
    replace(pg_get_expr(adbin, adrelid), 'public.gen_random_uuid', 'gen_random_uuid') AS default
  FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE attnum > 0 AND NOT attisdropped
)
SELECT 'schema' AS kind, 'message_store'::text AS name, ''::text AS definition, NULL::text AS text FROM store
UNION ALL
SELECT 'extension', extname, '', NULL FROM pg_extension
UNION ALL
SELECT 'role', rolname, CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END, NULL FROM grantee
UNION ALL
SELECT 'table', relname,
  CASE relkind WHEN 'p' THEN 'partitioned ' ELSE '' END
    || CASE relpersistence WHEN 'u' THEN 'unlogged' ELSE 'logged' END
    || CASE WHEN relrowsecurity THEN ' with row level security' ELSE '' END, NULL
FROM messages
UNION ALL
SELECT 'column', 'messages.' || attname,
  columns.type || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END || coalesce(' DEFAULT ' || columns.default, ''), NULL
FROM columns JOIN messages ON messages.oid = attrelid
UNION ALL
SELECT 'type', relname, (
    SELECT string_agg(attname || ' ' || columns.type, ', ' ORDER BY attnum) FROM columns WHERE attrelid = c.oid), NULL
FROM pg_class c JOIN store ON store.oid = relnamespace WHERE relkind = 'c'
UNION ALL
SELECT 'sequence', relname,
  format('%s, increment %s, cache %s', format_type(seqtypid, NULL), seqincrement, seqcache)
    || CASE WHEN seqcycle THEN ', cycle' ELSE '' END, NULL
FROM pg_sequence JOIN pg_class c ON c.oid = seqrelid JOIN store ON store.oid = relnamespace
UNION ALL
SELECT 'index', c.relname,
  regexp_replace(pg_get_indexdef(indexrelid), ' WITH \(.*?\)| TABLESPACE \S+', '', 'g')
    || CASE WHEN indisvalid AND indisready THEN '' ELSE ' (not valid)' END, NULL
FROM pg_index JOIN messages ON messages.oid = indrelid JOIN pg_class c ON c.oid = indexrelid
UNION ALL
SELECT 'function', proname || '(' || (
    SELECT coalesce(string_agg(format_type(type, NULL), ', ' ORDER BY n), '')
    FROM unnest(proargtypes) WITH ORDINALITY AS argument (type, n)) || ')',
  format('(%s) RETURNS %s LANGUAGE %s %s', pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), lanname,
    CASE provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END)
    || CASE WHEN proisstrict THEN ' STRICT' ELSE '' END
    || CASE WHEN prosecdef THEN ' SECURITY DEFINER' ELSE '' END, prosrc
FROM pg_proc p JOIN store ON store.oid = pronamespace JOIN pg_language l ON l.oid = prolang
WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
UNION ALL
SELECT 'view', relname, (
    SELECT string_agg(attname || ' ' || columns.type, ', ' ORDER BY attnum) FROM columns WHERE attrelid = c.oid),
  pg_get_viewdef(c.oid)
FROM pg_class c JOIN store ON store.oid = relnamespace WHERE relkind = 'v'
UNION ALL
SELECT 'privilege', 'USAGE ON SCHEMA message_store', has_schema_privilege(grantee.oid, store.oid, 'USAGE')::text, NULL
FROM store, grantee
UNION ALL
SELECT 'privilege', privilege || ' ON message_store.' || relname,
  has_table_privilege(grantee.oid, c.oid, privilege)::text, NULL
FROM pg_class c JOIN store ON store.oid = relnamespace, grantee, unnest(ARRAY['SELECT', 'INSERT']) AS privilege
WHERE relkind = 'v' AND privilege = 'SELECT' OR relname = 'messages' AND relkind IN ('r', 'p')
UNION ALL
SELECT 'privilege', 'USAGE ON SEQUENCE message_store.' || relname,
  has_sequence_privilege(grantee.oid, c.oid, 'USAGE')::text, NULL
FROM pg_class c JOIN store ON store.oid = relnamespace, grantee WHERE relkind = 'S'
UNION ALL
-- Its arguments as those of the functions above.
SELECT 'privilege', 'EXECUTE ON FUNCTION ' || replace(p.oid::regprocedure::text, ',', ', '),
  has_function_privilege(grantee.oid, p.oid, 'EXECUTE')::text, NULL
FROM pg_proc p JOIN store ON store.oid = pronamespace, grantee
UNION ALL
SELECT 'excess', privilege || ' ON message_store.messages', '', NULL
FROM messages, grantee, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
WHERE NOT rolsuper AND has_table_privilege(grantee.oid, messages.oid, privilege)
UNION ALL
SELECT 'excess', 'ownership of the schema message_store', '', NULL
FROM store JOIN grantee ON grantee.oid = nspowner WHERE NOT rolsuper
UNION ALL
SELECT 'trigger', tgname, pg_get_triggerdef(t.oid), NULL
FROM pg_trigger t JOIN messages ON messages.oid = tgrelid WHERE NOT tgisinternal AND tgenabled <> 'D'
UNION ALL
SELECT 'rule', rulename, pg_get_ruledef(r.oid), NULL FROM pg_rewrite r JOIN messages ON messages.oid = ev_class
UNION ALL
SELECT 'encoding', datname, pg_encoding_to_char(encoding), NULL FROM pg_database WHERE datname = current_database()
UNION ALL
SELECT 'path', rolname, (
    SELECT string_agg(setting, ', ')
    FROM pg_db_role_setting, unnest(setconfig) AS setting
    WHERE setrole IN (0, grantee.oid) AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
      AND setting LIKE 'search_path=%'), NULL
FROM grantee
ORDER BY 1, 2
