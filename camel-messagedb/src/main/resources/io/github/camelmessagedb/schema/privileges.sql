-- Least privilege: the role (a variable, as psql has them) appends and reads; it changes and deletes nothing.

GRANT USAGE ON SCHEMA message_store TO :"role";

GRANT SELECT, INSERT ON message_store.messages TO :"role";
GRANT USAGE, SELECT ON SEQUENCE message_store.messages_global_position_seq TO :"role";
GRANT EXECUTE ON FUNCTION gen_random_uuid() TO :"role";

GRANT EXECUTE ON FUNCTION
  message_store.acquire_lock(varchar),
  message_store.cardinal_id(varchar),
  message_store.category(varchar),
  message_store.get_category_messages(varchar, bigint, bigint, varchar, bigint, bigint, varchar),
  message_store.get_last_stream_message(varchar, varchar),
  message_store.get_stream_messages(varchar, bigint, bigint, varchar),
  message_store.hash_64(varchar),
  message_store.id(varchar),
  message_store.is_category(varchar),
  message_store.message_store_version(),
  message_store.stream_version(varchar),
  message_store.write_message(varchar, varchar, varchar, jsonb, jsonb, bigint)
TO :"role";

GRANT SELECT ON
  message_store.category_type_summary,
  message_store.stream_summary,
  message_store.stream_type_summary,
  message_store.type_category_summary,
  message_store.type_stream_summary,
  message_store.type_summary
TO :"role";
