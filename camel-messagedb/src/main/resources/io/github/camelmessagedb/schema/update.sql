-- What an update does besides replacing functions.

-- Until 1.3.0 this function had one argument. Who could call it can call the new one.
DO $$
DECLARE
  old CONSTANT oid := to_regprocedure('message_store.get_last_stream_message(varchar)');
  owner CONSTANT oid := (SELECT proowner FROM pg_catalog.pg_proc WHERE oid = old);
  grantees text[];
BEGIN
  IF old IS NOT NULL THEN
    SELECT array_agg(CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END)
    INTO grantees
    FROM pg_catalog.pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
    WHERE oid = old AND privilege_type = 'EXECUTE' AND grantee <> proowner;

    IF NOT 'PUBLIC' = ANY (coalesce(grantees, '{}')) THEN
      REVOKE EXECUTE ON FUNCTION message_store.get_last_stream_message(varchar, varchar) FROM PUBLIC;
    END IF;
    FOR i IN 1 .. coalesce(cardinality(grantees), 0) LOOP
      EXECUTE 'GRANT EXECUTE ON FUNCTION message_store.get_last_stream_message(varchar, varchar) TO ' || grantees[i];
    END LOOP;
    IF owner <> (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
      EXECUTE format('ALTER FUNCTION message_store.get_last_stream_message(varchar, varchar) OWNER TO %I',
        pg_get_userbyid(owner));
    END IF;
    DROP FUNCTION message_store.get_last_stream_message(varchar);
  END IF;
END
$$;

-- In 1.0.0 pgcrypto was in Message DB's schema, and that schema belonged to the role that programs log in with.
DO $$
DECLARE
  client name;
  heir name;
BEGIN
  IF EXISTS (
    SELECT FROM pg_catalog.pg_extension
    WHERE extname = 'pgcrypto' AND extnamespace = 'message_store'::regnamespace
  ) THEN
    ALTER TABLE message_store.messages ALTER COLUMN id SET DEFAULT pg_catalog.gen_random_uuid();
    ALTER EXTENSION pgcrypto SET SCHEMA public;

    SELECT pg_get_userbyid(nspowner), pg_get_userbyid(relowner) INTO client, heir
    FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class ON relnamespace = n.oid AND relname = 'messages'
    WHERE nspname = 'message_store';
    IF client <> heir THEN
      EXECUTE format('ALTER SCHEMA message_store OWNER TO %I', heir);
      EXECUTE format('GRANT USAGE ON SCHEMA message_store TO %I', client);
    END IF;
  END IF;
END
$$;
