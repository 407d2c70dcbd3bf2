-- The version of Message DB whose contract these objects keep.
CREATE OR REPLACE FUNCTION message_store.message_store_version()
RETURNS varchar
LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
  RETURN '1.3.0';
END
$$;
