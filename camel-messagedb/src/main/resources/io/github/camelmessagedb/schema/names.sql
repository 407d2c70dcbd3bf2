-- A stream's name is category-id, and the id is cardinalId+otherIds. These functions are IMMUTABLE: an index uses one.

CREATE OR REPLACE FUNCTION message_store.category(stream_name varchar)
RETURNS varchar
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
  RETURN split_part(stream_name, '-', 1);
END
$$;

CREATE OR REPLACE FUNCTION message_store.is_category(stream_name varchar)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
  RETURN coalesce(strpos(stream_name, '-') = 0, true);
END
$$;

CREATE OR REPLACE FUNCTION message_store.id(stream_name varchar)
RETURNS varchar
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
  -- Without a separator the offset is null, and so is the id.
  RETURN substr(stream_name, nullif(strpos(stream_name, '-'), 0) + 1);
END
$$;

CREATE OR REPLACE FUNCTION message_store.cardinal_id(stream_name varchar)
RETURNS varchar
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
  RETURN split_part(id(stream_name), '+', 1);
END
$$;

CREATE OR REPLACE FUNCTION message_store.hash_64(value varchar)
RETURNS bigint
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
  -- A hexadecimal bit literal is cut off on the right: its first 16 digits are the first 8 bytes of the digest.
  RETURN ('x' || md5(value))::bit(64)::bigint;
END
$$;
