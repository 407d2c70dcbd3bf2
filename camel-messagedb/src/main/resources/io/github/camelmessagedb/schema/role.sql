-- Roles belong to the cluster, not to the database: another database of it may be installing at this very moment, and
-- then the role turns up between our look and our try. A role that exists is left as it is.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'message_store') THEN
    CREATE ROLE message_store LOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;
