-- As everywhere in Message DB the functions name each other and the table without a schema: who calls them needs
-- message_store in the search_path, which the role message_store has through "$user".

-- One writer a category at a time, up to the end of its transaction: so a category's global positions become visible
-- in their order.
CREATE OR REPLACE FUNCTION message_store.acquire_lock(stream_name varchar)
RETURNS bigint
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  locked_category varchar := category(stream_name);
  lock_key bigint := hash_64(locked_category);
BEGIN
  PERFORM pg_advisory_xact_lock(lock_key);

  IF 'on' IN (current_setting('message_store.debug_write', true), current_setting('message_store.debug', true)) THEN
    RAISE NOTICE '» acquire_lock';
    RAISE NOTICE 'stream_name: %', stream_name;
    RAISE NOTICE '_category: %', locked_category;
    RAISE NOTICE '_category_name_hash: %', lock_key;
  END IF;

  RETURN lock_key;
END
$$;

CREATE OR REPLACE FUNCTION message_store.stream_version(stream_name varchar)
RETURNS bigint
LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
  RETURN (SELECT max(m.position) FROM messages m WHERE m.stream_name = stream_version.stream_name);
END
$$;

CREATE OR REPLACE FUNCTION message_store.write_message(
  id varchar,
  stream_name varchar,
  type varchar,
  data jsonb,
  metadata jsonb DEFAULT NULL,
  expected_version bigint DEFAULT NULL
)
RETURNS bigint
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  current_version bigint;
  new_position bigint;
  message_id uuid;
BEGIN
  -- The lock comes first, in a statement of its own: what is read after it sees what was committed before it.
  PERFORM acquire_lock(stream_name);
  current_version := coalesce(stream_version(stream_name), -1);

  IF expected_version <> current_version THEN
    RAISE EXCEPTION 'Wrong expected version: % (Stream: %, Stream Version: %)',
      expected_version, stream_name, current_version;
  END IF;

  new_position := current_version + 1;
  -- Before the INSERT: a bad id must not use up a global position.
  message_id := id::uuid;

  INSERT INTO messages (id, stream_name, position, type, data, metadata)
  VALUES (
    message_id,
    write_message.stream_name,
    new_position,
    write_message.type,
    write_message.data,
    write_message.metadata
  );

  IF 'on' IN (current_setting('message_store.debug_write', true), current_setting('message_store.debug', true)) THEN
    RAISE NOTICE '» write_message';
    RAISE NOTICE 'id ($1): %', id;
    RAISE NOTICE 'stream_name ($2): %', stream_name;
    RAISE NOTICE 'type ($3): %', type;
    RAISE NOTICE 'data ($4): %', data;
    RAISE NOTICE 'metadata ($5): %', metadata;
    RAISE NOTICE 'expected_version ($6): %', expected_version;
    RAISE NOTICE '_stream_version: %', current_version;
    RAISE NOTICE '_next_position: %', new_position;
  END IF;

  RETURN new_position;
END
$$;
