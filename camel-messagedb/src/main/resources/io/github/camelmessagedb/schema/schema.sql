CREATE SCHEMA IF NOT EXISTS message_store;

-- Nothing here calls it since PostgreSQL has gen_random_uuid() itself, but every Message DB has it.
CREATE EXTENSION IF NOT EXISTS pgcrypto;
