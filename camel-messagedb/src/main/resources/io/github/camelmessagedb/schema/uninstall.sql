-- One by one and without CASCADE: what somebody else made of them, or in their schema, is not ours to drop.

DROP VIEW IF EXISTS
  message_store.category_type_summary,
  message_store.stream_summary,
  message_store.stream_type_summary,
  message_store.type_category_summary,
  message_store.type_stream_summary,
  message_store.type_summary;

DROP TABLE message_store.messages;

DROP FUNCTION IF EXISTS
  message_store.acquire_lock(varchar),
  message_store.cardinal_id(varchar),
  message_store.category(varchar),
  message_store.get_category_messages(varchar, bigint, bigint, varchar, bigint, bigint, varchar),
  message_store.get_last_stream_message(varchar),
  message_store.get_last_stream_message(varchar, varchar),
  message_store.get_stream_messages(varchar, bigint, bigint, varchar),
  message_store.hash_64(varchar),
  message_store.id(varchar),
  message_store.is_category(varchar),
  message_store.message_store_version(),
  message_store.stream_version(varchar),
  message_store.write_message(varchar, varchar, varchar, jsonb, jsonb, bigint);

DROP TYPE IF EXISTS message_store.message;

-- What was granted to the role outside of the schema would keep it from being dropped: md5 by versions before 1.2.3.
DO $$
DECLARE
  granted oid;
BEGIN
  IF EXISTS (
    SELECT FROM pg_catalog.pg_extension
    WHERE extname = 'pgcrypto' AND extnamespace = 'message_store'::regnamespace
  ) THEN
    ALTER EXTENSION pgcrypto SET SCHEMA public;
  END IF;
  FOR granted IN
    SELECT DISTINCT p.oid
    FROM pg_catalog.pg_proc p, aclexplode(proacl) JOIN pg_catalog.pg_roles r ON r.oid = grantee
    WHERE proname IN ('gen_random_uuid', 'md5') AND rolname = current_setting('camel_messagedb.role')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM %I', granted::regprocedure, current_setting('camel_messagedb.role'));
  END LOOP;
END
$$;

DROP SCHEMA message_store;
