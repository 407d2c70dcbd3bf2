-- The text that these functions put together shows in a NOTICE, and a caller's condition may name its columns and
-- parameters: names and parameter numbers are part of the contract.

CREATE OR REPLACE FUNCTION message_store.get_stream_messages(
  stream_name varchar,
  "position" bigint DEFAULT 0,
  batch_size bigint DEFAULT 1000,
  condition varchar DEFAULT NULL
)
RETURNS SETOF message_store.message
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  query text := '
    SELECT id::varchar, stream_name::varchar, type::varchar, position::bigint, global_position::bigint,
      data::varchar, metadata::varchar, time::timestamp
    FROM messages
    WHERE stream_name = $1 AND position >= $2';
BEGIN
  IF is_category(stream_name) THEN
    RAISE EXCEPTION 'Must be a stream name: %', stream_name;
  END IF;

  position := coalesce(position, 0);
  batch_size := coalesce(batch_size, 1000);

  IF condition IS NOT NULL THEN
    IF coalesce(current_setting('message_store.sql_condition', true), 'off') = 'off' THEN
      RAISE EXCEPTION 'Retrieval with SQL condition is not activated';
    END IF;
    query := query || ' AND (' || condition || ')';
  END IF;

  -- On a line of its own: a condition may end in a comment.
  query := query || '
    ORDER BY position ASC';
  IF batch_size <> -1 THEN
    query := query || ' LIMIT $3';
  END IF;

  IF 'on' IN (current_setting('message_store.debug_get', true), current_setting('message_store.debug', true)) THEN
    RAISE NOTICE '» get_stream_messages';
    RAISE NOTICE 'stream_name ($1): %', stream_name;
    RAISE NOTICE 'position ($2): %', position;
    RAISE NOTICE 'batch_size ($3): %', batch_size;
    RAISE NOTICE 'condition ($4): %', condition;
    RAISE NOTICE 'Generated Command: %', query;
  END IF;

  RETURN QUERY EXECUTE query USING stream_name, position, batch_size;
END
$$;

CREATE OR REPLACE FUNCTION message_store.get_category_messages(
  category varchar,
  "position" bigint DEFAULT 1,
  batch_size bigint DEFAULT 1000,
  correlation varchar DEFAULT NULL,
  consumer_group_member bigint DEFAULT NULL,
  consumer_group_size bigint DEFAULT NULL,
  condition varchar DEFAULT NULL
)
RETURNS SETOF message_store.message
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  query text := '
    SELECT id::varchar, stream_name::varchar, type::varchar, position::bigint, global_position::bigint,
      data::varchar, metadata::varchar, time::timestamp
    FROM messages
    WHERE category(stream_name) = $1 AND global_position >= $2';
BEGIN
  IF NOT is_category(category) THEN
    RAISE EXCEPTION 'Must be a category: %', category;
  END IF;

  position := coalesce(position, 1);
  batch_size := coalesce(batch_size, 1000);

  IF correlation IS NOT NULL THEN
    IF NOT is_category(correlation) THEN
      RAISE EXCEPTION 'Correlation must be a category (Correlation: %)', correlation;
    END IF;
    query := query || ' AND category(metadata->>''correlationStreamName'') = $4';
  END IF;

  IF (consumer_group_member IS NULL) <> (consumer_group_size IS NULL) THEN
    RAISE EXCEPTION
      'Consumer group member and size must be specified (Consumer Group Member: %, Consumer Group Size: %)',
      consumer_group_member, consumer_group_size;
  ELSIF consumer_group_size < 1 THEN
    RAISE EXCEPTION
      'Consumer group size must not be less than 1 (Consumer Group Member: %, Consumer Group Size: %)',
      consumer_group_member, consumer_group_size;
  ELSIF consumer_group_member < 0 THEN
    RAISE EXCEPTION
      'Consumer group member must not be less than 0 (Consumer Group Member: %, Consumer Group Size: %)',
      consumer_group_member, consumer_group_size;
  ELSIF consumer_group_member >= consumer_group_size THEN
    RAISE EXCEPTION
      'Consumer group member must be less than the group size (Consumer Group Member: %, Consumer Group Size: %)',
      consumer_group_member, consumer_group_size;
  ELSIF consumer_group_member IS NOT NULL THEN
    query := query || ' AND MOD(@hash_64(cardinal_id(stream_name)), $6) = $5';
  END IF;

  IF condition IS NOT NULL THEN
    IF coalesce(current_setting('message_store.sql_condition', true), 'off') = 'off' THEN
      RAISE EXCEPTION 'Retrieval with SQL condition is not activated';
    END IF;
    query := query || ' AND (' || condition || ')';
  END IF;

  -- On a line of its own: a condition may end in a comment.
  query := query || '
    ORDER BY global_position ASC';
  IF batch_size <> -1 THEN
    query := query || ' LIMIT $3';
  END IF;

  IF 'on' IN (current_setting('message_store.debug_get', true), current_setting('message_store.debug', true)) THEN
    RAISE NOTICE '» get_category_messages';
    RAISE NOTICE 'category ($1): %', category;
    RAISE NOTICE 'position ($2): %', position;
    RAISE NOTICE 'batch_size ($3): %', batch_size;
    RAISE NOTICE 'correlation ($4): %', correlation;
    RAISE NOTICE 'consumer_group_member ($5): %', consumer_group_member;
    RAISE NOTICE 'consumer_group_size ($6): %', consumer_group_size;
    RAISE NOTICE 'condition: %', condition;
    RAISE NOTICE 'Generated Command: %', query;
  END IF;

  -- The cast limits a group to 32767 members: a larger size is an error (22003), not another distribution.
  RETURN QUERY EXECUTE query USING
    category, position, batch_size, correlation, consumer_group_member, consumer_group_size::smallint;
END
$$;

CREATE OR REPLACE FUNCTION message_store.get_last_stream_message(
  stream_name varchar,
  type varchar DEFAULT NULL
)
RETURNS SETOF message_store.message
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  query text := '
    SELECT id::varchar, stream_name::varchar, type::varchar, position::bigint, global_position::bigint,
      data::varchar, metadata::varchar, time::timestamp
    FROM messages
    WHERE stream_name = $1';
BEGIN
  IF type IS NOT NULL THEN
    query := query || ' AND type = $2';
  END IF;

  query := query || ' ORDER BY position DESC LIMIT 1';

  IF 'on' IN (current_setting('message_store.debug_get', true), current_setting('message_store.debug', true)) THEN
    RAISE NOTICE '» get_last_message';
    RAISE NOTICE 'stream_name ($1): %', stream_name;
    RAISE NOTICE 'type ($2): %', type;
    RAISE NOTICE 'Generated Command: %', query;
  END IF;

  RETURN QUERY EXECUTE query USING stream_name, type;
END
$$;
