-- Roles belong to the cluster, not to the database: another database of it may be installing at this very moment, and
-- then the role turns up between our look and our try. A role that exists is left as it is. The role message_store finds
-- the schema of that name through "$user" in the default search_path; another has it in a search_path of its own.
DO $$
DECLARE
  role CONSTANT name := current_setting('camel_messagedb.role');
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role) THEN
    EXECUTE format('CREATE ROLE %I LOGIN', role);
    IF role <> 'message_store' THEN
      EXECUTE format('ALTER ROLE %I SET search_path TO message_store, public', role);
    END IF;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;
