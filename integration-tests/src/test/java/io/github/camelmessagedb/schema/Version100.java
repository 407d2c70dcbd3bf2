package io.github.camelmessagedb.schema;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;

/**
 * A Message DB 1.0.0, made of the original 1.1.6, the oldest that npm has, and the statements in which both differ: where
 * pgcrypto is, who owns the schema, and two more NOTICEs of write_message.
 */
final class Version100 {

    private Version100() {}

    static TestDatabase create() {
        TestDatabase database = TestDatabase.create(TestSchema.ORIGINAL_1_1_6);
        database.execute("ALTER EXTENSION pgcrypto SET SCHEMA message_store");
        database.execute(
                "ALTER TABLE message_store.messages ALTER COLUMN id SET DEFAULT message_store.gen_random_uuid()");
        database.execute("ALTER SCHEMA message_store OWNER TO message_store");
        database.execute("UPDATE pg_proc SET prosrc = replace(prosrc, '1.1.6', '1.0.0') WHERE proname ="
                + " 'message_store_version'");
        database.execute("""
                DO $do$
                DECLARE
                  definition text := pg_get_functiondef('message_store.write_message'::regproc);
                BEGIN
                  definition := replace(definition, '_next_position bigint;', '_next_position bigint;
                    _category varchar;
                    _category_name_hash bigint;');
                  EXECUTE replace(definition, $$RAISE NOTICE '_stream_version$$, $$RAISE NOTICE '_category: %', _category;
                    RAISE NOTICE '_category_name_hash: %', _category_name_hash;
                    RAISE NOTICE '_stream_version$$);
                END
                $do$""");
        return database;
    }
}
